using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A measure over one connection between a node and the node of the second process. The baseline is one raw socket to
/// its raw server.
/// </summary>
internal abstract class LinkMeasure(ServerProcess server) : Measure
{
    private P2PNode? _node;
    private Peer? _peer;
    private Socket? _socket;

    protected ServerProcess Server => server;

    protected P2PNode Node => _node!;

    protected Peer Peer => _peer!;

    protected Socket Socket => _socket!;

    public override async Task PrepareAsync()
    {
        _node = await P2PNode.StartAsync(
            BenchTransport.Options with { Listen = null });
        _peer = await _node.ConnectAsync(server.Node);
        _socket = await RawSocket.ConnectAsync(server.Raw);
    }

    public override async Task ReleaseAsync()
    {
        _socket!.Dispose();
        await _node!.DisposeAsync();
    }
}
