using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A node broadcasts a gigabyte to a peer that reads and to a far end that never reads, while the peer asks it
/// questions. The run reports how much the node's memory grows and how long the answers take, compared with a run in
/// which both read. It uses sockets.
/// </summary>
internal static class SilentRun
{
    private const int Length = 1_000_000;
    private const int Count = 1_074;

    public static async Task RunAsync(long? droppedBudget)
    {
        // The first run warms the process up; its figures are not used.
        await SampleAsync(silent: false, droppedBudget);
        Sample reading = await SampleAsync(silent: false, droppedBudget);
        Sample silent = await SampleAsync(silent: true, droppedBudget);
        Print("held-MiB", silent.Held / 1048576.0, reading.Held / 1048576.0);
        Print("heap-MiB", silent.Heap / 1048576.0, reading.Heap / 1048576.0);
        Print("ask-p50-us", silent.Median, reading.Median);
        Print("ask-p99-us", silent.Worst, reading.Worst);
        Print("dropped", silent.Dropped, reading.Dropped);
    }

    private static void Print(string name, double silent, double reading) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name} silent={silent:0.##} reading={reading:0.##} ratio={silent / reading:0.##}"));

    private static async Task<Sample> SampleAsync(bool silent, long? droppedBudget)
    {
        P2PNodeOptions settings =
            new() { NetworkId = "bench", Encryption = Encryption.Off, DroppedBudget = droppedBudget };
        settings = settings with { Session = settings.Session with { NoProgressTimeout = TimeSpan.FromMinutes(10) } };
        await using P2PNode node = await P2PNode.StartAsync(
            settings, protocol => protocol.OnRequest<Packet, Packet>((packet, _) => packet));
        using SemaphoreSlim heard = new(0);
        await using P2PNode reader = await P2PNode.StartAsync(
            settings with { Listen = null }, protocol => protocol.OnBroadcast<Packet>((_, _) =>
        {
            heard.Release();
            return Verdict.Ignore;
        }));
        Peer peer = await reader.ConnectAsync(node.ListenAddresses[0]);
        using Socket far =
            await RawSocket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, node.ListenAddresses[0].Port));
        await Handshake.DoAsync(far, 1);
        await NodeWithPeers.UntilAsync(node, 2);

        Task reading = silent ? Task.CompletedTask : ReadAsync(far);
        Sample sample = await BroadcastAsync(node, reader, peer, heard);
        far.Dispose();
        await reading;
        return sample;
    }

    private static async Task<Sample> BroadcastAsync(P2PNode node, P2PNode reader, Peer peer, SemaphoreSlim heard)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long held = 0;
        Latencies asks = new();
        Packet message = new(new byte[Length]);
        Packet question = new(new byte[32]);
        for (int i = 0; i < Count; i++)
        {
            await node.BroadcastAsync(message);
            long start = Stopwatch.GetTimestamp();
            await reader.AskAsync<Packet>(peer, question);
            asks.RecordSince(start);
            await heard.WaitAsync();
            held = Math.Max(held, node.Statistics.HeldBytes);
        }

        long heap = GC.GetTotalMemory(forceFullCollection: true) - before;
        return new Sample(held, heap, asks.Median, asks.Percentile99, node.Statistics.DroppedBroadcasts);
    }

    private static async Task ReadAsync(Socket socket)
    {
        byte[] buffer = new byte[1 << 18];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The run is over and has closed this socket.
        }
    }

    /// <summary>The figures of one run.</summary>
    /// <param name="Held">The largest number of bytes that the node counted as held.</param>
    /// <param name="Heap">The growth of the managed heap in bytes.</param>
    /// <param name="Median">The median time of an answer in microseconds.</param>
    /// <param name="Worst">The 99th percentile of the time of an answer in microseconds.</param>
    /// <param name="Dropped">The number of broadcasts that were not sent to the far end.</param>
    private sealed record Sample(long Held, long Heap, double Median, double Worst, long Dropped);
}
