using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Sends broadcasts of 1 KiB one after the other through a line of nodes, each of which verifies, judges and relays
/// them. The baseline is a line of raw sockets, each of which reads the whole frame and writes it on. Everything is in
/// one process.
/// </summary>
internal sealed class RelayMeasure : Measure
{
    private const int Nodes = 10;
    private const int Hops = Nodes - 1;
    private const int Broadcasts = 300;
    private const int PayloadBytes = 1024;

    private readonly Latencies _times = new();
    private readonly List<P2PNode> _nodes = [];
    private readonly Counter _arrived = new();
    private RawLine? _raw;

    public override IReadOnlyList<string> Names { get; } =
        [$"relay-x{Nodes}-1KiB-us/hop", $"relay-x{Nodes}-1KiB-p99-us/hop", $"relay-x{Nodes}-1KiB-cpu-us/hop"];

    public override async Task PrepareAsync()
    {
        for (int i = 0; i < Nodes; i++)
        {
            bool isLast = i == Nodes - 1;
            P2PNode node = await P2PNode.StartAsync(
                BenchTransport.Options, protocol => protocol
                .OnBroadcast<Packet>((_, _) =>
                {
                    _arrived.Add(isLast ? 1 : 0);
                    return Verdict.Accept;
                }));
            if (i > 0)
            {
                await _nodes[^1].ConnectAsync(node.ListenAddresses[0]);
                await NodeWithPeers.UntilAsync(node, 1);
            }

            _nodes.Add(node);
        }

        _raw = await RawLine.CreateAsync(Hops, FrameHeader.Size + BroadcastHead.Size + PayloadBytes, _arrived);
    }

    public override Task<double[]> NodeAsync()
    {
        Packet message = new(new byte[PayloadBytes]);
        return SampleAsync(() => _nodes[0].BroadcastAsync(message));
    }

    public override Task<double[]> RawAsync() => SampleAsync(_raw!.SendAsync);

    public override async Task ReleaseAsync()
    {
        _raw!.Dispose();
        foreach (P2PNode node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    // This leaves the main thread, so that continuations run on the pool as in an application.
    private Task<double[]> SampleAsync(Func<Task> send) => Task.Run(async () =>
    {
        _arrived.Reset();
        _times.Reset();
        Usage before = Usage.Now();
        for (int i = 0; i < Broadcasts; i++)
        {
            Task arrived = _arrived.ReachAsync(i + 1);
            long start = Stopwatch.GetTimestamp();
            await send();
            await arrived;
            _times.RecordSince(start);
        }

        double cpu = (Usage.Now() - before).Cpu.TotalMicroseconds / Broadcasts / Hops;
        return new[] { _times.Median / Hops, _times.Percentile99 / Hops, cpu };
    });
}
