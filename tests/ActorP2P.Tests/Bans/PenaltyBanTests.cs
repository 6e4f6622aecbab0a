using ActorP2P.Protocol;

namespace ActorP2P.Tests.Bans;

/// <summary>Bans by penalty points.</summary>
public sealed class PenaltyBanTests
{
    [Fact]
    public void A_penalised_node_is_banned_for_a_day_and_its_address_for_minutes() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        P2PNode villain = await mesh.StartAsync("villain");
        using NodeEvents told = villain.Events();
        await BadText.SendAsync(villain, await villain.ConnectAsync(server.ListenAddresses[0]));

        Assert.Equal(DisconnectReason.Penalised, (await told.ReadAsync<PeerDisconnected>()).Reason);
        Assert.Equal(
            [("villain", TimeSpan.FromMinutes(10)), ($"{villain.Id}", TimeSpan.FromHours(24))],
            server.Bans.Select(ban => ($"{ban.Target}", ban.Duration)));
        Assert.All(server.Bans, ban => Assert.Equal(BanOrigin.Penalty, ban.Origin));
        await villain.DisposeAsync();
        TimeSpan banned = mesh.Now;

        await using P2PNode moved = await mesh.StartAsync("villain", host: "elsewhere");
        await using P2PNode tenant = await mesh.StartAsync("tenant", host: "villain");
        PeerAddress address = server.ListenAddresses[0];
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(moved, address));
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(tenant, address));
        await mesh.DelayAsync(TimeSpan.FromMinutes(10));
        await tenant.ConnectAsync(address);

        // Longer than an hour, which is what a wrong unit of time once made of a day elsewhere.
        for (int hour = 1; hour < 24; hour++)
        {
            await mesh.DelayAsync(banned + TimeSpan.FromHours(hour) - mesh.Now);
            Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(moved, address));
        }

        await mesh.DelayAsync(banned + TimeSpan.FromHours(24) - mesh.Now);
        await moved.ConnectAsync(address);
    });

    [Fact]
    public void A_node_keeps_its_points_when_it_moves_and_connects_again() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        for (int i = 0; i < BadText.Enough; i++)
        {
            Assert.Empty(server.Bans);
            await using P2PNode villain = await mesh.StartAsync("villain", host: $"host{i}");
            await BadText.SendAsync(villain, await villain.ConnectAsync(server.ListenAddresses[0]), 1);
            await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(BanMesh.IdOf("villain"), Assert.Single(server.Bans).Target.Node);
    });

    [Fact]
    public void An_address_keeps_its_points_when_its_node_changes_its_id() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        for (int i = 0; i < BadText.Enough; i++)
        {
            Assert.Empty(server.Bans);
            await using P2PNode villain = await mesh.StartAsync($"villain{i}", host: "host");
            await BadText.SendAsync(villain, await villain.ConnectAsync(server.ListenAddresses[0]), 1);
            await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("host", Assert.Single(server.Bans).Target.Host);
    });

    [Fact]
    public void A_bootstrap_node_is_closed_but_never_banned() => BanMesh.Run(async mesh =>
    {
        await using P2PNode other = await mesh.StartAsync("other");
        await using P2PNode node = await mesh.StartAsync("node", bootstrap: ["other"]);
        using NodeEvents events = node.Events();
        for (int i = 0; i < 3; i++)
        {
            await mesh.UntilAsync(() => other.Peers.Count == 1 && node.Peers.Count == 1);
            await BadText.SendAsync(other, other.Peers[0]);
            Assert.Equal(DisconnectReason.Penalised, (await events.ReadAsync<PeerDisconnected>()).Reason);
        }

        Assert.Empty(node.Bans);
    });

    [Fact]
    public void A_handles_peer_is_closed_but_never_banned() => BanMesh.Run(async mesh =>
    {
        await using P2PNode other = await mesh.StartAsync("other");
        await using P2PNode node = await mesh.StartAsync("node");
        await using PeerHandle handle = node.Peer(other.ListenAddresses[0]);
        await handle.ConnectedAsync();
        await mesh.UntilAsync(() => other.Peers.Count == 1);
        await BadText.SendAsync(other, other.Peers[0]);
        await mesh.UntilAsync(() => node.Peers.Count == 0);

        Assert.Empty(node.Bans);
        await handle.ConnectedAsync();
    });

    [Fact]
    public void A_bootstrap_node_that_dials_is_not_banned_by_its_id() => BanMesh.Run(async mesh =>
    {
        await using P2PNode node = await mesh.StartAsync("node", change: settings => settings with
        {
            Bootstrap = [new PeerAddress("other", 1, BanMesh.IdOf("other"))],
        });
        await using P2PNode other = await mesh.StartAsync("other", host: "elsewhere");
        using NodeEvents events = node.Events();
        await BadText.SendAsync(other, await other.ConnectAsync(node.ListenAddresses[0]));

        Assert.Equal(DisconnectReason.Penalised, (await events.ReadAsync<PeerDisconnected>()).Reason);
        Assert.Empty(node.Bans);
    });

    [Fact]
    public void A_peer_that_was_dialled_once_is_banned() => BanMesh.Run(async mesh =>
    {
        await using P2PNode other = await mesh.StartAsync("other");
        await using P2PNode node = await mesh.StartAsync("node");
        using NodeEvents events = node.Events();
        await node.ConnectAsync(other.ListenAddresses[0]);
        await mesh.UntilAsync(() => other.Peers.Count == 1);
        await BadText.SendAsync(other, other.Peers[0]);

        await events.ReadAsync<PeerBanned>();
        await events.ReadAsync<PeerBanned>();
        Assert.Equal(2, node.Bans.Count);
    });

    [Fact]
    public void Loopback_is_closed_but_never_banned() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain", host: "127.0.0.2");
        using NodeEvents told = villain.Events();
        await BadText.SendAsync(villain, await villain.ConnectAsync(server.ListenAddresses[0]));

        Assert.Equal(DisconnectReason.Penalised, (await told.ReadAsync<PeerDisconnected>()).Reason);
        Assert.Empty(server.Bans);
        await villain.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void All_connections_of_a_banned_node_are_closed() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        await using P2PNode tenant = await mesh.StartAsync(
            "tenant", host: "villain", change: settings => settings with { Listen = null });
        using NodeEvents told = tenant.Events();
        await tenant.ConnectAsync(server.ListenAddresses[0]);
        await BadText.SendAsync(villain, await villain.ConnectAsync(server.ListenAddresses[0]));

        Assert.Equal(DisconnectReason.Banned, (await told.ReadAsync<PeerDisconnected>()).Reason);
        Assert.Empty(server.Peers);
    });
}
