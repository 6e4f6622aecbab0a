namespace ActorP2P.Benchmarks;

/// <summary>
/// A measure of a node with many peers in the second process; the baseline has the same number of raw sockets.
/// </summary>
internal abstract class FanOutMeasure(ServerProcess server, int connections) : Measure
{
    private P2PNode? _node;
    private RawConnections? _raw;

    protected ServerProcess Server => server;

    protected int Connections => connections;

    protected P2PNode Node => _node!;

    protected RawConnections Raw => _raw!;

    public override async Task PrepareAsync()
    {
        _node = await NodeWithPeers.StartAsync(server, connections);
        _raw = await RawConnections.AcceptAsync(server, connections);
    }

    public override async Task ReleaseAsync()
    {
        await _raw!.DisposeAsync();
        await NodeWithPeers.StopAsync(server, _node!);
    }
}
