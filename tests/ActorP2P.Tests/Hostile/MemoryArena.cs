using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Hostile;

/// <summary>The arena in virtual time.</summary>
internal sealed class MemoryArena : Arena
{
    private readonly VirtualMesh _mesh;
    private int _hosts;

    public MemoryArena() => _mesh = new VirtualMesh { Logs = Log };

    public TimeSpan Now => _mesh.World.Now;

    public void Run(Func<Task> scenario) => _mesh.Run(scenario);

    /// <summary>Slows a raw peer down: it reads this number of bytes per second.</summary>
    public void SetReadRate(RawPeer raw, long bytesPerSecond) =>
        _mesh.SetReadRate(raw.LocalAddress.Host, bytesPerSecond);

    public Task DelayAsync(TimeSpan time) => Task.Delay(time, _mesh.World.TimeProvider);

    public override Task<RawPeer> DialAsync(PeerAddress address) => DialAsync($"raw{++_hosts}", address);

    /// <summary>Opens a raw connection from the host with this name.</summary>
    public Task<RawPeer> DialFromAsync(string host) => DialAsync(host, Address);

    public override (PeerAddress Address, Task<RawPeer> Accepted) Listen()
    {
        PeerAddress address = new($"raw{++_hosts}", 1);
        ConnectionCatcher catcher = new();
        _mesh.CreateTransport(address.Host).Listen(address, catcher);
        return (address, AcceptAsync());

        async Task<RawPeer> AcceptAsync() => new(new MemoryWire(await catcher.Caught));
    }

    /// <summary>Waits until a node dials, and dials again.</summary>
    public (PeerAddress Address, Task<RawPeer> First, Task<RawPeer> Second) ListenTwice()
    {
        PeerAddress address = new($"raw{++_hosts}", 1);
        ConnectionCatcher catcher = new();
        _mesh.CreateTransport(address.Host).Listen(address, catcher);
        return (address, AcceptAsync(catcher.Caught), AcceptAsync(catcher.Second));

        static async Task<RawPeer> AcceptAsync(Task<IConnection> connection) => new(new MemoryWire(await connection));
    }

    public override Task<P2PNode> StartAsync(
        Action<ProtocolBuilder>? protocol, Func<P2PNodeOptions, P2PNodeOptions>? change = null) =>
        _mesh.StartAsync($"node{++_hosts}", protocol, change: change);

    private async Task<RawPeer> DialAsync(string host, PeerAddress address)
    {
        ConnectionCatcher catcher = new();
        _mesh.CreateTransport(host).Dial(address, TimeSpan.FromSeconds(5), catcher);
        return new RawPeer(new MemoryWire(await catcher.Caught));
    }
}
