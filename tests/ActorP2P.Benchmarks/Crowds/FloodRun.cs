using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// 256 connections flood a raw server, a node and a node without rates, one after the other, while an honest peer asks
/// a question some 150 times a second. The flooders have a process on one processor, the servers one on another, and
/// the honest peer is in this process.
/// </summary>
internal static class FloodRun
{
    private const int Flooders = 256;
    private const int FlooderProcessor = 0;
    private const int ServerProcessor = 1;

    // Who asks without pauses is above its share of a node that 256 others flood, and is slowed down like them.
    private static readonly TimeSpan s_betweenAsks = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(8);

    /// <summary>Runs and prints the figures.</summary>
    public static async Task<bool> RunAsync(int rounds)
    {
        using ChildProcess servers = ChildProcess.StartOn(ServerProcessor, "flooded");
        using ChildProcess flooders = ChildProcess.StartOn(FlooderProcessor, "flooder");
        int[] ports = [.. (await servers.AnswerAsync()).Split(' ').Select(
            static text => int.Parse(text, CultureInfo.InvariantCulture))];
        await flooders.AnswerAsync();
        await using P2PNode honest = await P2PNode.StartAsync(BenchTransport.Options with { Listen = null });
        using Socket socket = await RawSocket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, ports[0]));
        RawQuestion question = new(socket, payloadBytes: 32);
        Peer limited = await honest.ConnectAsync(new PeerAddress("127.0.0.1", ports[1]));
        Peer unlimited = await honest.ConnectAsync(new PeerAddress("127.0.0.1", ports[2]));
        Packet packet = new(new byte[32]);
        (string Name, int Port, Func<Task> Ask)[] sides =
        [
            ("raw", ports[0], question.AskAsync),
            ("node", ports[1], () => honest.AskAsync<Packet>(limited, packet)),
            ("node-without-rates", ports[2], () => honest.AskAsync<Packet>(unlimited, packet)),
        ];

        List<Sample>[] samples = [[], [], []];
        for (int round = 0; round <= rounds; round++)
        {
            for (int side = 0; side < sides.Length; side++)
            {
                Latencies alone = await AskAsync(sides[side].Ask, s_settling);
                Sample sample = await FloodAsync(servers, flooders, sides[side], alone);

                // The first round warms up what is measured.
                if (round > 0)
                {
                    samples[side].Add(sample);
                    Print($"round {round}", sides[side].Name, sample);
                }
            }
        }

        Sample[] medians = [.. samples.Select(MedianOf)];
        for (int side = 0; side < sides.Length; side++)
        {
            Print("median", sides[side].Name, medians[side]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  p99 of {sides[side].Name} / raw: {medians[side].Worst / medians[0].Worst:0.00}"));
        }

        return true;
    }

    private static async Task<Sample> FloodAsync(
        ChildProcess servers, ChildProcess flooders, (string Name, int Port, Func<Task> Ask) side, Latencies alone)
    {
        await flooders.OrderAsync($"start {side.Port} {Flooders} {(side.Name == "raw" ? "raw" : "node")}");
        await AskAsync(side.Ask, s_settling);
        long before = Field(await servers.OrderAsync("count"), 0);
        long start = Stopwatch.GetTimestamp();
        Latencies asks = await AskAsync(side.Ask, s_measured);
        string after = await servers.OrderAsync("count");
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int cut = int.Parse(await flooders.OrderAsync("stop"), CultureInfo.InvariantCulture);
        return new Sample(
            alone.Percentile99, asks.Median, asks.Percentile99, (Field(after, 0) - before) / seconds, Field(after, 1),
            cut);
    }

    private static async Task<Latencies> AskAsync(Func<Task> ask, TimeSpan time)
    {
        Latencies latencies = new();
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
        {
            long start = Stopwatch.GetTimestamp();
            await ask();
            latencies.RecordSince(start);
            await Task.Delay(s_betweenAsks);
        }

        return latencies;
    }

    private static long Field(string answer, int index) =>
        long.Parse(answer.Split(' ')[index], CultureInfo.InvariantCulture);

    private static Sample MedianOf(List<Sample> all) => new(
        Median.Of([.. all.Select(static one => one.Alone)]), Median.Of([.. all.Select(static one => one.Usual)]),
        Median.Of([.. all.Select(static one => one.Worst)]), Median.Of([.. all.Select(static one => one.Flood)]),
        Median.Of([.. all.Select(static one => one.Limited)]), Median.Of([.. all.Select(static one => one.Cut)]));

    private static void Print(string when, string side, Sample sample) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{BenchTransport.NameOf(BenchTransport.Kind)} {when} {side}: ask alone p99 {sample.Alone:0} us; flooded p50 "
            + $"{sample.Usual:0} us, p99 {sample.Worst:0} us; flood {sample.Flood:0} messages/s, "
            + $"{sample.Limited:0} limited, {sample.Cut:0} cut"));

    /// <summary>The figures of one flood.</summary>
    /// <param name="Alone">The 99th percentile of an ask without the flood, in microseconds.</param>
    /// <param name="Usual">The median of an ask in the flood, in microseconds.</param>
    /// <param name="Worst">The 99th percentile of an ask in the flood, in microseconds.</param>
    /// <param name="Flood">Messages of the flood that were taken in a second.</param>
    /// <param name="Limited">Connections that were slowed down at the end.</param>
    /// <param name="Cut">Connections of the flood that the server has ended.</param>
    private sealed record Sample(
        double Alone, double Usual, double Worst, double Flood, double Limited, double Cut);
}
