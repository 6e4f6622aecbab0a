namespace ActorP2P.Tests.Connections;

/// <summary>How a node shares out its connections, in virtual time.</summary>
public sealed class SlotTests
{
    private readonly VirtualMesh _mesh = new();

    [Fact]
    public void An_address_group_has_eight_inbound_connections() => _mesh.Run(async () =>
    {
        await using P2PNode server = await _mesh.StartAsync("server");
        for (int host = 1; host <= 8; host++)
        {
            await DialAsync(server, $"192.0.2.{host}");
        }

        ConnectException ninth = await Assert.ThrowsAsync<ConnectException>(() => DialAsync(server, "192.0.2.9"));
        await DialAsync(server, "198.51.100.1");
        await DialAsync(server, "10.0.0.1");

        Assert.Equal(DisconnectReason.TooManyConnections, ninth.End!.Reason);
        Assert.Equal("all slots of 192.0.2.0/24 are taken", ninth.End.Detail);
        Assert.Equal(10, server.Peers.Count);
    });

    [Fact]
    public void Private_addresses_are_not_limited_by_group() => _mesh.Run(async () =>
    {
        await using P2PNode server = await _mesh.StartAsync("server");
        for (int host = 1; host <= 12; host++)
        {
            await DialAsync(server, $"10.0.0.{host}");
        }

        Assert.Equal(12, server.Peers.Count);
    });

    [Fact]
    public void Inbound_connections_leave_room_for_those_that_are_dialled() => _mesh.Run(async () =>
    {
        await using P2PNode server = await _mesh.StartAsync(
            "server", change: static settings => settings with { MaxConnections = 16 });
        await using P2PNode other = await _mesh.StartAsync("other");
        for (int host = 1; host <= 15; host++)
        {
            await DialAsync(server, $"10.0.0.{host}");
        }

        ConnectException refused = await Assert.ThrowsAsync<ConnectException>(() => DialAsync(server, "10.0.0.16"));
        await server.ConnectAsync(other.ListenAddresses[0]);

        Assert.Equal(DisconnectReason.TooManyConnections, refused.End!.Reason);
        Assert.Equal(16, server.Peers.Count);
    });

    [Fact]
    public void The_least_useful_peer_makes_room_for_a_newcomer() => _mesh.Run(async () =>
    {
        await using P2PNode server = await _mesh.StartAsync(
            "server", EchoProtocol.Register, change: static settings => settings with { MaxConnections = 32 });
        for (int host = 1; host <= 22; host++)
        {
            await DialAsync(server, $"198.51.{host}.1");
        }

        for (int host = 1; host <= 8; host++)
        {
            await DialAsync(server, $"192.0.2.{host}");
        }

        using NodeEvents events = server.Events();
        Peer newcomer = await DialAsync(server, "203.0.113.1");
        PeerDisconnected left = await events.ReadAsync<PeerDisconnected>();

        Assert.Equal("192.0.2.8", left.Peer.Address.Host);
        Assert.Equal((DisconnectReason.TooManyConnections, DisconnectSide.Local), (left.Reason, left.End.Side));
        Assert.Equal("echo 1", (await newcomer.Owner.Node.AskAsync<Text>(newcomer, new Text("1"))).Value);
        Assert.Equal(30, server.Peers.Count);
    });

    private async Task<Peer> DialAsync(P2PNode server, string host)
    {
        P2PNode client = await _mesh.StartAsync(host, static protocol => protocol.UseMessage<Text>(),
            change: static settings => settings with { Listen = null });
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        // The server knows of it when the last frame of the handshake has arrived.
        await Task.Delay(TimeSpan.FromSeconds(1), _mesh.World.TimeProvider);
        return peer;
    }
}
