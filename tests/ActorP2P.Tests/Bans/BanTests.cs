using System.Net;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Bans;

/// <summary>Bans by the program.</summary>
public sealed class BanTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_banned_node_is_closed_and_refused_until_the_ban_ends() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        await using P2PNode honest = await mesh.StartAsync("honest");
        using NodeEvents events = server.Events();
        using NodeEvents told = villain.Events();
        await villain.ConnectAsync(server.ListenAddresses[0]);
        await honest.ConnectAsync(server.ListenAddresses[0]);

        Ban ban = await server.BanAsync(villain.Id, Hour, "spam");

        Assert.Equal(ban, Assert.Single(server.Bans));
        Assert.Equal((villain.Id, Hour, "spam", BanOrigin.Program),
            (ban.Target.Node, ban.Duration, ban.Reason, ban.Origin));
        Assert.Equal(ban, (await events.ReadAsync<PeerBanned>()).Ban);
        Disconnect end = (await told.ReadAsync<PeerDisconnected>()).End;
        Assert.Equal((DisconnectReason.Banned, DisconnectSide.Remote), (end.Reason, end.Side));
        Assert.DoesNotContain("spam", end.Detail, StringComparison.Ordinal);
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, server.ListenAddresses[0]));
        Assert.Equal([honest.Id], server.Peers.Select(peer => peer.Id!.Value));

        BanLifted lifted = await events.ReadAsync<BanLifted>();
        Assert.Equal((ban, true), (lifted.Ban, lifted.HasExpired));
        Assert.Empty(server.Bans);
        await villain.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void A_banned_node_is_refused_from_every_address() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await server.BanAsync(BanMesh.IdOf("villain"), Hour);
        await using P2PNode villain = await mesh.StartAsync("villain", host: "elsewhere");
        await using P2PNode neighbour = await mesh.StartAsync("neighbour", host: "elsewhere.too");

        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, server.ListenAddresses[0]));
        await neighbour.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void A_banned_address_is_closed_and_refused() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        using NodeEvents told = villain.Events();
        await villain.ConnectAsync(server.ListenAddresses[0]);

        await server.BanAsync(new PeerAddress("villain", 1), Hour);

        Assert.Equal(DisconnectReason.Banned, (await told.ReadAsync<PeerDisconnected>()).Reason);
        await villain.DisposeAsync();
        await using P2PNode other = await mesh.StartAsync("other", host: "villain");
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(other, server.ListenAddresses[0]));
    });

    [Fact]
    public void A_connection_in_its_handshake_does_not_escape_a_ban() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        for (int milliseconds = 0; milliseconds <= 100; milliseconds += 5)
        {
            await using P2PNode villain = await mesh.StartAsync("villain");
            Task connecting = villain.ConnectAsync(server.ListenAddresses[0]);
            await mesh.DelayAsync(TimeSpan.FromMilliseconds(milliseconds));

            await server.BanAsync(villain.Id, TimeSpan.FromMinutes(1));

            await mesh.DelayAsync(TimeSpan.FromSeconds(5));
            Assert.Empty(server.Peers);
            Assert.Empty(villain.Peers);
            await Hostile.RestartTests.EndsAsync(connecting);
            Assert.True(await server.LiftBanAsync(villain.Id));
        }
    });

    [Fact]
    public void The_banned_are_not_dialled() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        PeerAddress named = villain.ListenAddresses[0];
        using NodeEvents atVillain = villain.Events();

        await server.BanAsync(villain.Id, Hour);
        Assert.Equal(ConnectFailure.Banned, await FailureOfAsync(server, named));
        await server.LiftBanAsync(villain.Id);
        await server.BanAsync(named, Hour);
        Assert.Equal(ConnectFailure.Banned, await FailureOfAsync(server, named.WithoutId));

        Assert.True(await server.LiftBanAsync(named));
        Peer peer = await server.ConnectAsync(named.WithoutId);
        Assert.Equal(villain.Id, peer.Id);
        Assert.IsType<PeerConnected>(await atVillain.ReadAsync());
    });

    [Fact]
    public void A_node_that_is_banned_by_its_id_is_closed_when_it_answers() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        await server.BanAsync(villain.Id, Hour);

        Assert.Equal(
            DisconnectReason.Banned, await BanMesh.RefusalOfAsync(server, villain.ListenAddresses[0].WithoutId));
        Assert.Empty(villain.Peers);
    });

    [Fact]
    public void A_bootstrap_node_that_the_program_bans_is_left_alone() => BanMesh.Run(async mesh =>
    {
        await using P2PNode other = await mesh.StartAsync("other");
        await using P2PNode node = await mesh.StartAsync("node", bootstrap: ["other"]);
        await mesh.UntilAsync(() => node.Peers.Count == 1);

        await node.BanAsync(other.Id, Hour);
        await mesh.UntilAsync(() => node.Peers.Count == 0);
        using NodeEvents events = other.Events();
        await mesh.DelayAsync(TimeSpan.FromMinutes(30));
        Assert.Empty(node.Peers);

        await node.LiftBanAsync(other.Id);
        await events.ReadAsync<PeerConnected>();
    });

    [Fact]
    public void A_network_is_banned_without_loopback() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode near = await mesh.StartAsync("near", host: "10.1.2.3");
        await using P2PNode far = await mesh.StartAsync("far", host: "10.2.2.3");
        await using P2PNode own = await mesh.StartAsync("own", host: "127.0.0.9");

        await server.BanAsync(IPNetwork.Parse("10.1.0.0/16"), Hour);
        await server.BanAsync(IPNetwork.Parse("127.0.0.0/7"), Hour);

        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(near, server.ListenAddresses[0]));
        await far.ConnectAsync(server.ListenAddresses[0]);
        await own.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void A_later_ban_of_the_program_replaces_an_earlier_one() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        await server.BanAsync(villain.Id, TimeSpan.FromDays(1), "first");
        await server.BanAsync(villain.Id, Hour, "second");

        Assert.Equal("second", Assert.Single(server.Bans).Reason);
        await mesh.DelayAsync(Hour);
        await villain.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void Lifting_a_ban_that_is_not_there_changes_nothing() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await server.BanAsync(IPNetwork.Parse("10.0.0.0/8"), Hour);

        Assert.False(await server.LiftBanAsync(BanMesh.IdOf("villain")));
        Assert.False(await server.LiftBanAsync(new PeerAddress("10.0.0.1", 1)));
        Assert.Single(server.Bans);
    });

    [Fact]
    public void Steps_of_the_clock_do_not_change_when_a_ban_ends() => BanMesh.Run(async mesh =>
    {
        ShiftedClock? clock = null;
        await using P2PNode server = await mesh.StartAsync("server", wrapTime: time => clock = new ShiftedClock(time));
        await using P2PNode villain = await mesh.StartAsync("villain");
        await server.BanAsync(villain.Id, TimeSpan.FromMinutes(10));
        foreach (int seconds in new[] { 20, -40, 86_400, -200_000 })
        {
            clock!.Shift += TimeSpan.FromSeconds(seconds);
            await mesh.DelayAsync(TimeSpan.FromMinutes(2));
            Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, server.ListenAddresses[0]));
        }

        await mesh.DelayAsync(TimeSpan.FromMinutes(2));
        await villain.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void A_listener_goes_on_when_a_ban_is_over() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        await using P2PNode honest = await mesh.StartAsync("honest");
        await server.BanAsync(new PeerAddress("villain", 1), TimeSpan.FromMilliseconds(1000));
        await mesh.DelayAsync(TimeSpan.FromMilliseconds(900));
        for (int i = 0; i < 40; i++)
        {
            await mesh.DelayAsync(TimeSpan.FromMilliseconds(5));
            _ = Hostile.RestartTests.EndsAsync(villain.ConnectAsync(server.ListenAddresses[0]));
        }

        await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        await villain.ConnectAsync(server.ListenAddresses[0]);
        await honest.ConnectAsync(server.ListenAddresses[0]);
    });

    [Fact]
    public void What_cannot_be_banned_is_refused() => BanMesh.Run(async mesh =>
    {
        await using P2PNode node = await mesh.StartAsync("node");
        await using P2PNode plain = await mesh.StartAsync(
            "plain", change: settings => settings with { Encryption = Encryption.Off });
        BanTarget other = BanMesh.IdOf("other");

        await RefusedAsync(() => node.BanAsync(node.Id, Hour), "target");
        await RefusedAsync(() => plain.BanAsync(other, Hour), "target");
        await RefusedAsync(() => node.BanAsync(new PeerAddress("127.0.0.1", 1), Hour), "address");
        await RefusedAsync(() => node.BanAsync(other, TimeSpan.Zero), "duration");
        await RefusedAsync(() => node.BanAsync(other, Ban.Longest + TimeSpan.FromMilliseconds(1)), "duration");
        await RefusedAsync(() => node.BanAsync(other, Hour, new string('x', Ban.MaxReason + 1)), "reason");
        await RefusedAsync(() => node.BanAsync(other, Hour, "two\nlines"), "reason");
        Assert.Empty(node.Bans);
        await node.DisposeAsync();
        await Assert.ThrowsAsync<NodeStoppedException>(() => node.BanAsync(other, Hour));
        await Assert.ThrowsAsync<NodeStoppedException>(() => node.LiftBanAsync(other));
    });

    [Fact]
    public void Actors_ban_list_and_lift() => BanMesh.Run(async mesh =>
    {
        await using P2PNode server = await mesh.StartAsync("server");
        await using P2PNode villain = await mesh.StartAsync("villain");
        await villain.ConnectAsync(server.ListenAddresses[0]);

        Ban ban = (await AskAsync<P2P.Banned>(server, new P2P.Ban(villain.Id, Hour, "spam"))).Ban;
        IReadOnlyList<Ban> bans = (await AskAsync<P2P.CurrentBans>(server, P2P.GetBans.Instance)).Bans;
        P2P.Unbanned unbanned = await AskAsync<P2P.Unbanned>(server, new P2P.Unban(villain.Id));
        P2P.Unbanned again = await AskAsync<P2P.Unbanned>(server, new P2P.Unban(villain.Id));

        Assert.Equal(ban, Assert.Single(bans));
        Assert.Equal(ban.Target, unbanned.Target);
        Assert.Equal((true, false), (unbanned.WasBanned, again.WasBanned));
        await Assert.ThrowsAsync<ArgumentException>(
            () => AskAsync<object>(server, new P2P.Ban(server.Id, Hour)));
    });

    private static Task<T> AskAsync<T>(P2PNode node, object command) =>
        node.Manager.Ask<T>(command, Timeout.InfiniteTimeSpan);

    private static async Task<ConnectFailure> FailureOfAsync(P2PNode node, PeerAddress address) =>
        (await Assert.ThrowsAsync<ConnectException>(() => node.ConnectAsync(address))).Reason;

    private static async Task RefusedAsync(Func<Task> ban, string name) =>
        Assert.Equal(name, (await Assert.ThrowsAnyAsync<ArgumentException>(ban)).ParamName);
}
