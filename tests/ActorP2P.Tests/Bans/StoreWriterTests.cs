namespace ActorP2P.Tests.Bans;

/// <summary>How a node opens, writes and ends its store.</summary>
public sealed class StoreWriterTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void What_happens_during_a_write_goes_into_one_next_write() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        await using P2PNode server = await mesh.StartAsync("server", store: store);
        TaskCompletionSource gate = new();
        store.Gate = gate.Task;
        List<Task> bans = [.. Enumerable.Range(0, 100).Select(
            i => (Task)server.BanAsync(new PeerAddress($"10.0.0.{i}", 1), Hour))];
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain(bans, ban => ban.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(bans);

        Assert.Equal(2, store.Writes.Count);
        Assert.Equal(100, store.Writes.Sum());
    });

    [Fact]
    public void What_waits_is_stored_before_the_node_ends() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        P2PNode server = await mesh.StartAsync("server", store: store);
        TaskCompletionSource gate = new();
        store.Gate = gate.Task;
        Task<Ban> ban = server.BanAsync(BanMesh.IdOf("villain"), Hour);
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        Task disposal = server.DisposeAsync().AsTask();
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));
        Assert.False(disposal.IsCompleted);
        gate.SetResult();

        await disposal;
        await ban;
        Assert.Single(await store.BansAsync());
        Assert.Equal(0, store.Disposals);
    });

    [Fact]
    public void A_store_that_does_not_answer_delays_the_end_by_seconds() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        P2PNode server = await mesh.StartAsync("server", store: store);
        store.Gate = new TaskCompletionSource().Task;
        Task<Ban> ban = server.BanAsync(BanMesh.IdOf("villain"), Hour);
        await mesh.DelayAsync(TimeSpan.FromMilliseconds(100));
        Task<Ban> waiting = server.BanAsync(BanMesh.IdOf("other"), Hour);
        await mesh.DelayAsync(TimeSpan.FromMilliseconds(100));
        TimeSpan begun = mesh.Now;

        await server.DisposeAsync();

        Assert.InRange(mesh.Now - begun, TimeSpan.Zero, PeerStoreLimits.Timeout + TimeSpan.FromSeconds(1));
        Assert.Equal(
            PeerStoreFault.TimedOut, (await Assert.ThrowsAsync<PeerStoreException>(() => ban)).Reason);
        Assert.Equal(
            PeerStoreFault.Closed, (await Assert.ThrowsAsync<PeerStoreException>(() => waiting)).Reason);
    });

    [Fact]
    public void A_full_queue_of_changes_is_refused() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        await using P2PNode server = await mesh.StartAsync("server", store: store);
        TaskCompletionSource gate = new();
        store.Gate = gate.Task;
        List<PeerStoreChange> changes = [.. Enumerable.Range(0, PeerStoreLimits.MaxChanges)
            .Select(i => PeerStoreChange.Set("test", $"{i}", [1]))];
        Task first = server.Context.Store!.WriteAsync(changes);
        await mesh.DelayAsync(TimeSpan.FromSeconds(1));

        Task second = server.Context.Store.WriteAsync(PeerStoreChange.Set("test", "more", [1]));

        Assert.Equal(PeerStoreFault.Full, (await Assert.ThrowsAsync<PeerStoreException>(() => second)).Reason);
        gate.SetResult();
        await first;
        await server.Context.Store.WriteAsync(PeerStoreChange.Set("test", "more", [1]));
    });

    [Fact]
    public void Changes_that_a_store_has_no_room_for_block_no_others() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        await using P2PNode server = await mesh.StartAsync("server", store: store);
        StoreWriter writer = server.Context.Store!;
        for (int i = 0; i < PeerStoreLimits.MaxEntries; i += PeerStoreLimits.MaxChanges)
        {
            await writer.WriteAsync([.. Enumerable.Range(i, PeerStoreLimits.MaxChanges)
                .Select(key => PeerStoreChange.Set("test", $"{key}", [1]))]);
        }

        PeerStoreException full = await Assert.ThrowsAsync<PeerStoreException>(
            () => writer.WriteAsync(PeerStoreChange.Set("test", "more", [1])));

        Assert.Equal(PeerStoreFault.Full, full.Reason);
        await server.BanAsync(BanMesh.IdOf("villain"), Hour);
        Assert.Single(await store.BansAsync());
    });

    [Fact]
    public void A_node_that_opens_its_store_disposes_it() => BanMesh.Run(async mesh =>
    {
        TestStore store = new();
        string? directory = null;
        await using (P2PNode server = await mesh.StartAsync(
            "server",
            change: settings => settings with { DataDirectory = "data" },
            supply: (path, _) =>
            {
                directory = path;
                return ValueTask.FromResult<IPeerStore>(store);
            }))
        {
            await server.BanAsync(BanMesh.IdOf("villain"), Hour);
            Assert.Equal(0, store.Disposals);
        }

        Assert.Equal("data", directory);
        Assert.Equal(1, store.Disposals);
        Assert.Single(await store.BansAsync());
    });

    [Fact]
    public void A_store_that_cannot_be_opened_stops_the_start() => BanMesh.Run(async mesh =>
    {
        PeerStoreException inUse = await Assert.ThrowsAsync<PeerStoreException>(() => mesh.StartAsync(
            "server", change: settings => settings with { DataDirectory = "data" },
            supply: (_, _) => throw new PeerStoreException(PeerStoreFault.InUse, "another node")));
        PeerStoreException other = await Assert.ThrowsAsync<PeerStoreException>(() => mesh.StartAsync(
            "server2", change: settings => settings with { DataDirectory = "data" },
            supply: (_, _) => throw new IOException("gone")));
        ArgumentException none = await Assert.ThrowsAsync<ArgumentException>(() => mesh.StartAsync(
            "server3", change: settings => settings with { DataDirectory = "data" }));

        Assert.Equal(PeerStoreFault.InUse, inUse.Reason);
        Assert.Equal(PeerStoreFault.Unavailable, other.Reason);
        Assert.Equal(nameof(P2PNodeOptions.DataDirectory), none.ParamName);
    });
}
