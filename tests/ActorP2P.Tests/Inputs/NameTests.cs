using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using ActorP2P.Transport;

namespace ActorP2P.Tests;

/// <summary>A name stands for all of its addresses, and each address has its own fate.</summary>
public sealed class NameTests
{
    private static readonly PeerAddress Name = new("seed", 1);
    private readonly VirtualMesh _mesh = new();

    [Fact]
    public void A_bootstrap_name_skips_an_address_of_this_node() => _mesh.Run(async () =>
    {
        await using P2PNode b = await _mesh.StartAsync("b");
        await using P2PNode a = await StartAsync("a", _ => ["a", "b"], Name);
        using NodeEvents events = a.Events();
        PeerConnected connected = await events.ReadAsync<PeerConnected>(happened => happened.Peer.IsOutbound);
        Assert.Equal("b", connected.Peer.Address.Host);
        Assert.True(_mesh.World.Now < TimeSpan.FromSeconds(2));
    });

    [Fact]
    public void A_bootstrap_name_skips_an_address_without_a_node() => _mesh.Run(async () =>
    {
        using IDisposable mute = _mesh.CreateTransport("mute").Listen(new PeerAddress("mute", 1),
            new ConnectionCatcher());
        await using P2PNode b = await _mesh.StartAsync("b");
        await using P2PNode a = await StartAsync("a", _ => ["mute", "b"], Name);
        using NodeEvents events = a.Events();
        Assert.Equal("b", (await events.ReadAsync<PeerConnected>()).Peer.Address.Host);
    });

    [Fact]
    public void A_bootstrap_name_that_is_this_node_alone_is_looked_up_again() => _mesh.Run(async () =>
    {
        string[] hosts = ["a"];
        await using P2PNode b = await _mesh.StartAsync("b");
        await using P2PNode a = await StartAsync("a", _ => hosts, Name);
        using NodeEvents events = a.Events();
        await Task.Delay(TimeSpan.FromMinutes(3), _mesh.World.TimeProvider);
        Assert.DoesNotContain(a.Peers, peer => peer.IsOutbound);

        hosts = ["a", "b"];

        Assert.Equal("b", (await events.ReadAsync<PeerConnected>()).Peer.Address.Host);
    });

    [Fact]
    public void Connecting_to_a_name_tries_all_its_addresses() => _mesh.Run(async () =>
    {
        await using P2PNode b = await _mesh.StartAsync("b");
        await using P2PNode other = await _mesh.StartAsync(
            "other", change: settings => settings with { NetworkId = "other" });
        await using P2PNode a = await StartAsync("a", _ => ["a", "nowhere", "other", "b"]);
        Assert.Equal("b", (await a.ConnectAsync(Name)).Address.Host);
        Assert.Single(a.Peers);
    });

    [Fact]
    public void A_connect_to_a_useless_name_ends_with_the_last_reason() => _mesh.Run(async () =>
    {
        await using P2PNode other = await _mesh.StartAsync(
            "other", change: settings => settings with { NetworkId = "other" });
        await using P2PNode a = await StartAsync("a", _ => ["a", "other"]);
        ConnectException failure = await Assert.ThrowsAsync<ConnectException>(() => a.ConnectAsync(Name));
        Assert.Equal(
            (ConnectFailure.HandshakeFailed, DisconnectReason.WrongNetwork), (failure.Reason, failure.End!.Reason));
    });

    [Fact]
    public void A_node_that_stops_during_a_named_dial_ends_the_wait() => _mesh.Run(async () =>
    {
        using IDisposable mute = _mesh.CreateTransport("mute").Listen(new PeerAddress("mute", 1),
            new ConnectionCatcher());
        P2PNode a = await StartAsync("a", _ => ["mute", "a"]);
        Task<Peer> connecting = a.ConnectAsync(Name);
        await Task.Delay(TimeSpan.FromSeconds(1), _mesh.World.TimeProvider);
        await a.DisposeAsync();
        await Assert.ThrowsAsync<ConnectException>(() => connecting);
    });

    [Fact]
    public void A_bootstrap_node_in_a_wrong_network_is_dialled_again() => _mesh.Run(async () =>
    {
        P2PNode wrong = await _mesh.StartAsync("b", change: settings => settings with { NetworkId = "other" });
        await using P2PNode a = await _mesh.StartAsync("a", bootstrap: ["b"]);
        using NodeEvents events = a.Events();
        Assert.Equal(DisconnectReason.WrongNetwork, (await events.ReadAsync<PeerRefused>()).End.Reason);
        await wrong.DisposeAsync();

        await using P2PNode right = await _mesh.StartAsync("b");

        await events.ReadAsync<PeerConnected>();
        Assert.InRange(_mesh.World.Now, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(6));
    });

    private Task<P2PNode> StartAsync(string host, Func<string, string[]> seeds, params PeerAddress[] bootstrap) =>
        _mesh.StartAsync(
        host, change: settings => settings with { Bootstrap = bootstrap },
        transport: new NamedTransport(_mesh.CreateTransport(host), name => name == Name.Host ? seeds(name) : null));
}
