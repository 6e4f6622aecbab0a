using ActorP2P.Protocol;

namespace ActorP2P.Tests.Bans;

/// <summary>Bans in the node's store.</summary>
public sealed class BanStoreTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly PeerAddress Server = new("server", 1);

    [Fact]
    public void A_ban_survives_a_restart_and_ends_at_its_time() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        TimeSpan banned;
        Ban ban;
        await using (P2PNode before = await mesh.StartAsync("server", store: store))
        {
            ban = await before.BanAsync(BanMesh.IdOf("villain"), Hour, "spam");
            banned = mesh.Now;
        }

        await mesh.DelayAsync(TimeSpan.FromMinutes(30));
        await using P2PNode villain = await mesh.StartAsync("villain");
        Task<DisconnectReason?> first = UntilRefusedAsync(mesh, villain);
        await using P2PNode server = await mesh.StartAsync("server", store: store);

        Assert.Equal(DisconnectReason.Banned, await first);
        Assert.Equal(ban, Assert.Single(server.Bans));
        await mesh.DelayAsync(banned + Hour - TimeSpan.FromSeconds(1) - mesh.Now);
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, Server));
        await mesh.DelayAsync(banned + Hour - mesh.Now);
        await villain.ConnectAsync(Server);
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await store.BansAsync());
    });

    [Fact]
    public void Bans_by_penalties_survive_a_restart() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        P2PNode server = await mesh.StartAsync("server", store: store);
        await using P2PNode villain = await mesh.StartAsync("villain");
        await BadText.SendAsync(villain, await villain.ConnectAsync(Server));
        await mesh.UntilAsync(() => server.Bans.Count == 2);
        IReadOnlyList<Ban> bans = server.Bans;
        await server.DisposeAsync();

        await using P2PNode again = await mesh.StartAsync("server", store: store);
        Assert.Equal(bans, again.Bans);
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, Server));
    });

    [Fact]
    public void A_ban_that_has_ended_meanwhile_is_removed() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        await using (P2PNode server = await mesh.StartAsync("server", store: store))
        {
            await server.BanAsync(BanMesh.IdOf("villain"), Hour);
        }

        await mesh.DelayAsync(Hour);
        await using P2PNode again = await mesh.StartAsync("server", store: store);
        Assert.Empty(again.Bans);
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.Empty(await store.BansAsync());
    });

    [Fact]
    public void A_ban_that_is_lifted_does_not_come_back() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        await using (P2PNode server = await mesh.StartAsync("server", store: store))
        {
            await server.BanAsync(BanMesh.IdOf("villain"), Hour);
            await server.LiftBanAsync(BanMesh.IdOf("villain"));
            Assert.Empty(await store.BansAsync());
        }

        await using P2PNode again = await mesh.StartAsync("server", store: store);
        Assert.Empty(again.Bans);
    });

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public void A_clock_that_steps_over_a_restart_moves_the_end_by_that(int seconds) => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        TimeSpan step = TimeSpan.FromSeconds(seconds);
        await using (P2PNode server = await mesh.StartAsync("server", store: store))
        {
            await server.BanAsync(BanMesh.IdOf("villain"), Hour);
        }

        TimeSpan banned = mesh.Now;
        await mesh.DelayAsync(TimeSpan.FromMinutes(10));
        await using P2PNode villain = await mesh.StartAsync("villain");
        await using P2PNode again = await mesh.StartAsync(
            "server", store: store, wrapTime: time => new ShiftedClock(time) { Shift = step });
        await mesh.DelayAsync(banned + Hour - step - TimeSpan.FromSeconds(5) - mesh.Now);
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, Server));
        await mesh.DelayAsync(TimeSpan.FromSeconds(5));
        await villain.ConnectAsync(Server);
    });

    [Fact]
    public void A_clock_that_was_set_back_by_years_does_not_prolong_a_ban() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        await using (P2PNode server = await mesh.StartAsync("server", store: store))
        {
            await server.BanAsync(BanMesh.IdOf("villain"), Hour);
        }

        await using P2PNode again = await mesh.StartAsync(
            "server", store: store, wrapTime: time => new ShiftedClock(time) { Shift = -TimeSpan.FromDays(3650) });
        await using P2PNode villain = await mesh.StartAsync("villain");
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, Server));
        await mesh.DelayAsync(Hour);
        await villain.ConnectAsync(Server);
    });

    [Fact]
    public void Entries_that_are_no_bans_are_removed() => BanMesh.Run(async mesh =>
    {
        MemoryPeerStore inner = new();
        TestStore store = new(inner);
        await using (P2PNode server = await mesh.StartAsync("server", store: store))
        {
            await server.BanAsync(BanMesh.IdOf("villain"), Hour);
        }

        await inner.WriteAsync(
            [PeerStoreChange.Set("bans", "192.0.2.1/32", [1, 2]), PeerStoreChange.Set("bans", "no target", [])]);
        await using P2PNode again = await mesh.StartAsync("server", store: store);
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(BanMesh.IdOf("villain"), Assert.Single(again.Bans).Target.Node);
        Assert.Equal([$"{BanMesh.IdOf("villain")}"], await store.BansAsync());
        Assert.Contains(mesh.Log.Lines, line => line.Contains("2 entries", StringComparison.Ordinal));
    });

    [Fact]
    public void A_node_whose_store_cannot_be_read_starts_and_says_so() => BanMesh.Run(async mesh =>
    {
        TestStore store = new() { ReadFailure = new IOException("the disk is gone") };
        List<NodeEvent> events = [];
        await using P2PNode server = await mesh.StartAsync("server", store: store, prepare: system =>
            system.EventStream.Subscribe(
                system.ActorOf(Props.Create(() => new Collector(events))), typeof(StoreFailed)));
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));

        StoreFailed told = Assert.IsType<StoreFailed>(Assert.Single(events));
        Assert.Equal(PeerStoreFault.Unavailable, told.Reason);
        Assert.Contains("the disk is gone", told.Detail, StringComparison.Ordinal);
        Assert.Contains(mesh.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal)
            && line.Contains("the disk is gone", StringComparison.Ordinal));
        await server.BanAsync(BanMesh.IdOf("villain"), Hour);
        Assert.Single(await store.BansAsync());
    });

    [Fact]
    public void A_store_that_does_not_answer_delays_the_start_by_seconds() => BanMesh.Run(async mesh =>
    {
        TestStore store = new() { Gate = new TaskCompletionSource().Task };
        TimeSpan begun = mesh.Now;

        await using P2PNode server = await mesh.StartAsync("server", store: store);

        Assert.InRange(mesh.Now - begun, PeerStoreLimits.Timeout, PeerStoreLimits.Timeout + TimeSpan.FromSeconds(1));
        Assert.Contains(mesh.Log.Lines, line => line.Contains("TimedOut", StringComparison.Ordinal));
    });

    [Fact]
    public void A_ban_that_cannot_be_stored_holds_and_is_stored_later() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        await using P2PNode server = await mesh.StartAsync("server", store: store);
        await using P2PNode villain = await mesh.StartAsync("villain");
        using NodeEvents events = server.Events();
        store.WriteFailure = new PeerStoreException(PeerStoreFault.Unavailable, "the disk is full");

        PeerStoreException failure = await Assert.ThrowsAsync<PeerStoreException>(
            () => server.BanAsync(villain.Id, Hour));

        Assert.Equal(PeerStoreFault.Unavailable, failure.Reason);
        Assert.Equal(PeerStoreFault.Unavailable, (await events.ReadAsync<StoreFailed>()).Reason);
        Assert.Equal(DisconnectReason.Banned, await BanMesh.RefusalOfAsync(villain, Server));
        await mesh.DelayAsync(TimeSpan.FromMinutes(5));
        Assert.Empty(await store.BansAsync());
        Assert.InRange(store.Writes.Count, 5, 20);
        store.WriteFailure = null;
        await mesh.DelayAsync(TimeSpan.FromMinutes(1));
        Assert.Single(await store.BansAsync());
    });

    [Fact]
    public void A_lifted_ban_that_could_not_be_stored_is_not_stored_later() => BanMesh.Run(async mesh =>
    {
        TestStore store = new() { WriteFailure = new IOException("no") };
        await using P2PNode server = await mesh.StartAsync("server", store: store);
        await Assert.ThrowsAsync<PeerStoreException>(() => server.BanAsync(BanMesh.IdOf("villain"), Hour));
        Task<bool> lifting = server.LiftBanAsync(BanMesh.IdOf("villain"));
        store.WriteFailure = null;

        Assert.True(await lifting);
        Assert.Empty(await store.BansAsync());
    });

    private static async Task<DisconnectReason?> UntilRefusedAsync(BanMesh mesh, P2PNode node)
    {
        while (true)
        {
            try
            {
                await node.ConnectAsync(Server);
                return null;
            }
            catch (ConnectException failure) when (failure.End is { } end)
            {
                return end.Reason;
            }
            catch (ConnectException)
            {
                await mesh.DelayAsync(TimeSpan.FromMilliseconds(20));
            }
        }
    }

    private sealed class Collector : ReceiveActor
    {
        public Collector(List<NodeEvent> events) => Receive<NodeEvent>(events.Add);
    }
}
