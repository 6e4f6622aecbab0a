using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>What a node's process holds while nothing is under way.</summary>
/// <param name="Descriptors">Open descriptors, those of its peers' connections not counted.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Managed">Bytes of the managed heap.</param>
internal sealed record ChaosSample(int Descriptors, int Threads, long Managed)
{
    // A leak of one for each of a round's connections is far beyond what the runtime opens for itself.
    private const int SlackDescriptors = 8;

    // The pool adds threads when its own do not get ahead, as on a busy machine, and is slow to let them go.
    private const int SlackThreads = 16;

    // The runtime's pools of arrays keep for a minute what a burst of long messages has needed.
    private const long SlackManaged = 96L * 1024 * 1024;

    /// <summary>Reads what <see cref="ToLine"/> has written.</summary>
    public static ChaosSample Parse(string line)
    {
        long[] fields = [.. line.Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return new ChaosSample((int)fields[0], (int)fields[1], fields[2]);
    }

    /// <summary>The sample as a line.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Descriptors} {Threads} {Managed}");

    /// <summary>
    /// Whether nothing has grown since <paramref name="first"/> beyond what the runtime may take for itself.
    /// </summary>
    public bool IsNoMoreThan(ChaosSample first) =>
        Descriptors <= first.Descriptors + SlackDescriptors
        && Threads <= first.Threads + SlackThreads
        && Managed <= first.Managed + SlackManaged;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"descriptors={Descriptors} threads={Threads} managed-KiB={Managed / 1024}");
}
