using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>The resources that a node's process holds while nothing is under way.</summary>
/// <param name="Descriptors">The open descriptors, without those of the connections to peers.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Managed">The bytes of the managed heap.</param>
internal sealed record ChaosSample(int Descriptors, int Threads, long Managed)
{
    // A leak of one descriptor for each connection of a round is far larger than what the runtime opens for itself.
    private const int SlackDescriptors = 8;

    // On a busy machine the thread pool adds threads, and it is slow to end them.
    private const int SlackThreads = 16;

    // The array pools of the runtime keep for a minute the arrays that a burst of long messages needed.
    private const long SlackManaged = 96L * 1024 * 1024;

    /// <summary>Reads a line that <see cref="ToLine"/> has written.</summary>
    public static ChaosSample Parse(string line)
    {
        long[] fields = [.. line.Split(' ').Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return new ChaosSample((int)fields[0], (int)fields[1], fields[2]);
    }

    /// <summary>Writes the sample as one line.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Descriptors} {Threads} {Managed}");

    /// <summary>
    /// Whether no value exceeds that of <paramref name="first"/> by more than what the runtime may need for itself.
    /// </summary>
    public bool IsNoMoreThan(ChaosSample first) =>
        Descriptors <= first.Descriptors + SlackDescriptors
        && Threads <= first.Threads + SlackThreads
        && Managed <= first.Managed + SlackManaged;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"descriptors={Descriptors} threads={Threads} managed-KiB={Managed / 1024}");
}
