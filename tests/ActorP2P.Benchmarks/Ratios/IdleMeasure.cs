using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The memory that an idle connection holds, including its PeerActor: bytes of the managed heap and resident bytes of
/// the process. The baseline is a socket with a pending receive. Each sample has a process of its own, because memory
/// that was once used stays with the process.
/// </summary>
internal sealed class IdleMeasure(ServerProcess server, int connections) : Measure
{
    // The first connections bring code and pools into memory that belong to no single connection, so measuring starts
    // after them.
    private const int Before = 100;

    public override IReadOnlyList<string> Names { get; } = [$"idle-x{connections}-managed-B",
        $"idle-x{connections}-resident-B"];

    public override int Repetitions => 3;

    public override TimeSpan WarmUp => TimeSpan.Zero;

    /// <summary>
    /// The wanted number, or fewer when the process may not open so many descriptors beside those of other measures.
    /// </summary>
    public static int Within(int wanted) => Math.Min(wanted, Descriptors() - 4000);

    public override Task<double[]> NodeAsync() => SampleAsync("node");

    public override Task<double[]> RawAsync() => SampleAsync("raw");

    private async Task<double[]> SampleAsync(string side)
    {
        using ChildProcess holder = ChildProcess.Start("hold", side,
            (connections + Before).ToString(CultureInfo.InvariantCulture));
        string port = await holder.AnswerAsync();
        double[] before = await HoldAsync(holder, port, Before, side);
        double[] after = await HoldAsync(holder, port, connections, side);
        await server.OrderAsync($"disconnect {port}");
        return [(after[0] - before[0]) / connections, (after[1] - before[1]) / connections];
    }

    private async Task<double[]> HoldAsync(ChildProcess holder, string port, int count, string side)
    {
        await server.OrderAsync($"hold {port} {count} {side}");
        string held = await holder.OrderAsync($"more {count}");
        return [.. held.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
    }

    private static int Descriptors()
    {
        const string limits = "/proc/self/limits";
        string? line = File.Exists(limits)
            ? File.ReadLines(limits).FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            : null;

        // Without such a file, this is the limit that operating systems grant at least.
        string? soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 1024;
    }
}
