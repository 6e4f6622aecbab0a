using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The time from the first call until the node listens: warm, when the process has started nodes before, and cold, when
/// it is the first thing that a process does. The baseline is a socket that is bound and listens.
/// </summary>
internal sealed class StartMeasure : Measure
{
    private const int Starts = 20;

    public override IReadOnlyList<string> Names { get; } = ["start-warm-ms", "start-cold-ms"];

    public override Task<double[]> NodeAsync() => SampleAsync("node", NodeMillisecondsAsync);

    public override Task<double[]> RawAsync() => SampleAsync("raw", () => Task.FromResult(RawMilliseconds()));

    /// <summary>Executes one start in this process and prints how long it took.</summary>
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
            BenchTransport.Options);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double RawMilliseconds()
    {
        long start = Stopwatch.GetTimestamp();
        using Socket socket = RawSocket.Listen();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
