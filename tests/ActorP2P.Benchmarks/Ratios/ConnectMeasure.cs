using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Accepts connections with a full handshake until the last one is a peer. The baseline is a raw listener that
/// exchanges the same bytes. The second process dials sixteen at a time and sends both sides the same bytes.
/// </summary>
internal sealed class ConnectMeasure(ServerProcess server) : Measure
{
    private const int Connections = 500;

    private P2PNode? _node;
    private RawHandshakes? _raw;

    public override IReadOnlyList<string> Names { get; } = ["connect-k/s", "connect-acceptor-cpu-us"];

    public override async Task PrepareAsync()
    {
        _node = await P2PNode.StartAsync(NodeWithPeers.Settings(Connections));
        _raw = new RawHandshakes(await RawHandshakes.AnswerOfAsync(_node.ListenAddresses[0].Port));
        await NodeWithPeers.UntilAsync(_node, 0);
    }

    public override async Task<double[]> NodeAsync()
    {
        double[] sample = await SampleAsync(
            _node!.ListenAddresses[0].Port, () => NodeWithPeers.UntilAsync(_node, Connections));
        await NodeWithPeers.UntilAsync(_node, 0);
        return sample;
    }

    public override Task<double[]> RawAsync()
    {
        _raw!.Completed.Reset();
        return SampleAsync(_raw.Port, () => _raw.Completed.ReachAsync(Connections));
    }

    public override async Task ReleaseAsync()
    {
        _raw!.Dispose();
        await _node!.DisposeAsync();
    }

    private async Task<double[]> SampleAsync(int port, Func<Task> untilAccepted)
    {
        Usage before = Usage.Now();
        long start = Stopwatch.GetTimestamp();
        await server.OrderAsync($"hold {port} {Connections} node");
        await untilAccepted();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TimeSpan cpu = (Usage.Now() - before).Cpu;
        await server.OrderAsync($"disconnect {port}");
        return [Connections / 1e3 / seconds, cpu.TotalMicroseconds / Connections];
    }
}
