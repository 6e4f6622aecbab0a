using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// From nothing to listening: warm, where the process has started nodes before, and cold, as the first thing a process
/// does. The baseline is a socket bound and listening.
/// </summary>
internal sealed class StartMeasure : Measure
{
    private const int Starts = 20;

    public override IReadOnlyList<string> Names { get; } = ["start-warm-ms", "start-cold-ms"];

    public override Task<double[]> NodeAsync() => SampleAsync("node", NodeMillisecondsAsync);

    public override Task<double[]> RawAsync() => SampleAsync("raw", () => Task.FromResult(RawMilliseconds()));

    /// <summary>In a process of its own: one start, and how long it took.</summary>
    public static async Task ColdAsync(bool node)
    {
        double milliseconds = node ? await NodeMillisecondsAsync() : RawMilliseconds();
        Console.WriteLine(milliseconds.ToString("R", CultureInfo.InvariantCulture));
    }

    private static async Task<double[]> SampleAsync(string side, Func<Task<double>> start)
    {
        double[] warm = new double[Starts];
        for (int i = 0; i < Starts; i++)
        {
            warm[i] = await start();
        }

        using ChildProcess child = ChildProcess.Start("start", side);
        return [Median.Of(warm), double.Parse(await child.AnswerAsync(), CultureInfo.InvariantCulture)];
    }

    private static async Task<double> NodeMillisecondsAsync()
    {
        long start = Stopwatch.GetTimestamp();
        await using P2PNode node = await P2PNode.StartAsync(
            new P2PNodeOptions { NetworkId = "bench", Encryption = Encryption.Off, Transport = BenchTransport.Kind });
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double RawMilliseconds()
    {
        long start = Stopwatch.GetTimestamp();
        using Socket socket = RawSocket.Listen();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
