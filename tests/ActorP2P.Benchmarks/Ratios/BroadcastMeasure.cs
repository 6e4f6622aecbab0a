using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Broadcasts of 1 KiB to many connections whose far ends only count, against a writer that copies the same frames into 64 KiB
/// for each connection. In bursts that fit the send queue, for what does not fit a node drops.
/// </summary>
internal sealed class BroadcastMeasure(ServerProcess server, int connections) : Measure
{
    private const int PayloadBytes = 1024;
    private const int FrameBytes = FrameHeader.Size + BroadcastHead.Size + PayloadBytes;
    private const int Burst = 512;
    private const int Bursts = 4;

    private readonly List<Socket> _sockets = [];
    private P2PNode? _node;

    public override IReadOnlyList<string> Names { get; } =
        [$"broadcast-1KiB-x{connections}-k/s", $"broadcast-1KiB-x{connections}-sender-cpu-ns/delivery"];

    public override async Task PrepareAsync() => _node = await P2PNode.StartAsync(new P2PSettings { NetworkId = "bench" });

    public override async Task<double[]> NodeAsync()
    {
        await server.OrderAsync("disconnect");
        while (_node!.Peers.Count > 0)
        {
            await Task.Delay(1);
        }

        await server.OrderAsync($"connect {_node.ListenAddresses[0].Port} {connections} node");
        while (_node.Peers.Count < connections)
        {
            await Task.Delay(1);
        }

        Packet message = new(new byte[PayloadBytes]);
        Task[] handed = new Task[Burst];
        double[] sample = await SampleAsync(async () =>
        {
            for (int i = 0; i < Burst; i++)
            {
                handed[i] = _node.BroadcastAsync(message);
            }

            await Task.WhenAll(handed);
        });
        return _node.Statistics.DroppedBroadcasts == 0
            ? sample
            : throw new InvalidOperationException("The node has dropped broadcasts; the figure would flatter it.");
    }

    public override async Task<double[]> RawAsync()
    {
        await server.OrderAsync("disconnect");
        _sockets.ForEach(socket => socket.Dispose());
        _sockets.Clear();
        await ConnectRawAsync();
        byte[] frame = new byte[FrameBytes];
        new FrameHeader(FrameBytes - FrameHeader.Size, FrameKind.Broadcast, FrameFlags.None, Packet.TypeCode, 1).Write(frame);
        RawFanOut fanOut = new(_sockets);
        return await SampleAsync(() => fanOut.SendAsync(frame, Burst));
    }

    public override async Task ReleaseAsync()
    {
        await server.OrderAsync("disconnect");
        _sockets.ForEach(socket => socket.Dispose());
        await _node!.DisposeAsync();
    }

    private async Task ConnectRawAsync()
    {
        using Socket listener = RawSocket.Listen();
        await server.OrderAsync($"connect {((IPEndPoint)listener.LocalEndPoint!).Port} {connections} raw");
        for (int i = 0; i < connections; i++)
        {
            _sockets.Add(await listener.AcceptAsync());
            _sockets[^1].NoDelay = true;
        }
    }

    private async Task<double[]> SampleAsync(Func<Task> burst)
    {
        await server.OrderAsync("reset");
        Usage before = Usage.Now();
        long start = Stopwatch.GetTimestamp();
        for (int i = 1; i <= Bursts; i++)
        {
            await burst();
            await server.OrderAsync($"await far {(long)i * Burst * FrameBytes}");
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double deliveries = (double)Bursts * Burst * connections;
        return [deliveries / 1e3 / seconds, (Usage.Now() - before).Cpu.TotalNanoseconds / deliveries];
    }
}
