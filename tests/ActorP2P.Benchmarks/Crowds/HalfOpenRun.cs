using System.Diagnostics;
using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Two processes hold 10,000 sockets to a node that say nothing: once with the default number of slots for handshakes,
/// and once with more slots than sockets, so that the node holds them all. Meanwhile an honest peer dials, asks and
/// leaves, again and again.
/// </summary>
internal static class HalfOpenRun
{
    private const int Sockets = 10_000;
    private const int Visits = 30;
    private static readonly TimeSpan s_gathering = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_betweenVisits = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs and prints the figures.</summary>
    public static async Task<bool> RunAsync()
    {
        await SampleAsync(slots: 0);
        await SampleAsync(slots: (2 * Sockets) + 2_000);
        return true;
    }

    private static async Task SampleAsync(int slots)
    {
        using ChildProcess besieged = ChildProcess.Start("besieged", $"{slots}");
        string port = await besieged.AnswerAsync();
        await using P2PNode honest = await P2PNode.StartAsync(BenchTransport.Options with { Listen = null });
        PeerAddress address = new("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture));
        await VisitAsync(honest, address, new Tally());
        string before = await besieged.OrderAsync("holds exactly");

        using ChildProcess one = ChildProcess.Start("crowd", port, $"{Sockets / 2}");
        using ChildProcess other = ChildProcess.Start("crowd", port, $"{Sockets / 2}");
        await Task.WhenAll(one.AnswerAsync(), other.AnswerAsync());
        await Task.Delay(s_gathering);
        Tally tally = new();
        long[] most = [0, 0, 0];
        for (int i = 0; i < Visits; i++)
        {
            await VisitAsync(honest, address, tally);
            long[] holds = Numbers(await besieged.OrderAsync("holds now"));
            most = [.. most.Zip(holds, Math.Max)];
            await Task.Delay(s_betweenVisits);
        }

        string[] counts = [await one.OrderAsync("count"), await other.OrderAsync("count")];
        long[] exactly = Numbers(await besieged.OrderAsync("holds exactly"));
        long[] first = Numbers(before);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"""
            {BenchTransport.NameOf(BenchTransport.Kind)}, slots for handshakes: {(slots == 0 ? "default" : slots)}
              sockets dialled and open, by process: {string.Join("; ", counts)}
              the node's descriptors: at most {most[2]}
              resident: {first[1] >> 20} MiB before, {exactly[1] >> 20} MiB at the end, {most[1] >> 20} MiB at most
              managed: {first[0] / 1024} KiB before, {exactly[0] / 1024} KiB at the end
              honest peer: {Visits} visits, {tally.Refused} dials in vain
              connect and ask: p50 {tally.Times.Median / 1000:0.0} ms, p99 {tally.Times.Percentile99 / 1000:0.0} ms
            """));
    }

    private static async Task VisitAsync(P2PNode honest, PeerAddress address, Tally tally)
    {
        long start = Stopwatch.GetTimestamp();
        Peer? answered = null;
        while (answered is null)
        {
            try
            {
                Peer peer = await honest.ConnectAsync(address);

                // The node may take the slot away before it has read that the handshake is complete.
                await honest.AskAsync<Packet>(peer, new Packet(new byte[32]));
                answered = peer;
            }
            catch (P2PException)
            {
                tally.Refused++;
            }
        }

        tally.Times.RecordSince(start);
        await honest.DisconnectAsync(answered);
    }

    private static long[] Numbers(string answer) =>
        [.. answer.Split(' ').Select(static text => long.Parse(text, CultureInfo.InvariantCulture))];

    /// <summary>How an honest peer got in.</summary>
    private sealed class Tally
    {
        public Latencies Times { get; } = new();

        public int Refused { get; set; }
    }
}
