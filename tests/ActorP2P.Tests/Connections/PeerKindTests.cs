namespace ActorP2P.Tests.Connections;

/// <summary>What connections are for, and who may be dialled, in virtual time.</summary>
public sealed class PeerKindTests
{
    private readonly VirtualMesh _mesh = new();

    [Fact]
    public void A_peer_tells_what_its_connection_is_for() => Run(async (client, servers) =>
    {
        Peer manual = await client.ConnectAsync(servers[0].ListenAddresses[0]);
        Peer regular = await ConnectAsync(client, servers[1], PeerKind.Regular);
        Peer extra = await ConnectAsync(client, servers[2], PeerKind.Extra);
        Peer feeler = await ConnectAsync(client, servers[3], PeerKind.Feeler);

        Assert.Equal(
            [PeerKind.Manual, PeerKind.Regular, PeerKind.Extra, PeerKind.Feeler],
            new[] { manual, regular, extra, feeler }.Select(static peer => peer.Kind));
        Assert.Equal(PeerKind.Inbound, Assert.Single(servers[0].Peers).Kind);
    });

    [Fact]
    public void A_connection_that_the_program_uses_too_becomes_manual() => Run(async (client, servers) =>
    {
        Peer extra = await ConnectAsync(client, servers[0], PeerKind.Extra);
        Peer feeler = await ConnectAsync(client, servers[1], PeerKind.Feeler);
        await using PeerHandle handle = client.Peer(servers[0].ListenAddresses[0]);
        Assert.Same(extra, await handle.ConnectedAsync());
        Assert.Same(feeler, await client.ConnectAsync(servers[1].ListenAddresses[0]));
        Assert.Same(feeler, await ConnectAsync(client, servers[1], PeerKind.Feeler));

        Assert.Equal((PeerKind.Manual, PeerKind.Manual), (extra.Kind, feeler.Kind));
    });

    [Fact]
    public void A_dial_of_discovery_without_a_slot_fails_typed() => Run(async (client, servers) =>
    {
        await ConnectAsync(client, servers[0], PeerKind.Regular);
        await ConnectAsync(client, servers[1], PeerKind.Feeler);
        await AssertRefusedAsync(servers[2], PeerKind.Regular, "1 lasting connections");
        await AssertRefusedAsync(servers[2], PeerKind.Feeler, "a feeler is under way");
        await client.ConnectAsync(servers[2].ListenAddresses[0]);
        Assert.Equal(PeerKind.Manual, client.Peers[^1].Kind);
        await AssertRefusedAsync(servers[3], PeerKind.Extra, "3 connections");
        ConnectException full = await Assert.ThrowsAsync<ConnectException>(
            () => client.ConnectAsync(servers[3].ListenAddresses[0]));

        Assert.Equal((ConnectFailure.TooManyConnections, 3), (full.Reason, client.Peers.Count));

        async Task AssertRefusedAsync(P2PNode server, PeerKind kind, string detail)
        {
            ConnectException refused = await Assert.ThrowsAsync<ConnectException>(
                () => ConnectAsync(client, server, kind));
            Assert.Equal(ConnectFailure.TooManyConnections, refused.Reason);
            Assert.Contains(detail, refused.Message, StringComparison.Ordinal);
        }
    }, connections: 3, wanted: 1);

    [Fact]
    public void Short_connections_leave_slots_to_regular_ones() => Run(async (client, servers) =>
    {
        await ConnectAsync(client, servers[0], PeerKind.Extra);
        await Assert.ThrowsAsync<ConnectException>(() => ConnectAsync(client, servers[1], PeerKind.Extra));
        await ConnectAsync(client, servers[1], PeerKind.Regular);
        await ConnectAsync(client, servers[2], PeerKind.Regular);

        Assert.Equal(3, client.Peers.Count);
    }, connections: 3, wanted: 2);

    private static Task<Peer> ConnectAsync(P2PNode client, P2PNode server, PeerKind kind) =>
        client.ConnectAsync(server.ListenAddresses[0], kind, CancellationToken.None);

    // Discovery is on, but knows no address and looks none up.
    private void Run(Func<P2PNode, P2PNode[], Task> scenario, int connections = 20, int wanted = 4) =>
        _mesh.Run(async () =>
        {
            P2PNode[] servers = new P2PNode[4];
            for (int i = 0; i < servers.Length; i++)
            {
                servers[i] = await _mesh.StartAsync($"10.0.0.{i + 1}");
            }

            await using P2PNode client = await _mesh.StartAsync("client", change: settings => settings with
            {
                MaxConnections = connections,
                Discovery = new DiscoverySettings { Mode = DiscoveryMode.On, Outbound = wanted },
            });
            await scenario(client, servers);
            foreach (P2PNode server in servers)
            {
                await server.DisposeAsync();
            }
        });
}
