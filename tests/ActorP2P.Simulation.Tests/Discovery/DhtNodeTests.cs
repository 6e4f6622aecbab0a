namespace ActorP2P.Simulation.Tests;

/// <summary>What a program sees of the distributed hash table.</summary>
public sealed class DhtNodeTests
{
    [Fact]
    public void A_node_that_was_found_can_be_dialled() => DhtNodes.Of(8).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        ClusterNode from = cluster.Nodes[2];
        NodeRecord? record = await from.Node.FindAsync(cluster.Nodes[6].Id);
        Peer peer = await from.Node.ConnectAsync(record!.Addresses[0]);
        Assert.Equal(cluster.Nodes[6].Id, peer.Id);
        Assert.Null(await from.Node.FindAsync(NodeId.FromPublicKey([1, 2, 3])));
    });

    [Fact]
    public void Only_connections_for_questions_are_closed() => DhtNodes.Of(8).Run(async cluster =>
    {
        await cluster.Delay(TimeSpan.FromSeconds(1));
        ClusterNode from = cluster.Nodes[5];
        Peer own = await from.Node.ConnectAsync(cluster.Nodes[3].Address);
        await cluster.Delay(DhtNodes.Joined);
        await from.Node.FindAsync(NodeId.FromPublicKey([1, 2, 3]));
        Assert.True(from.Node.Peers.Count > 2, "the lookup has opened no connection");

        await cluster.Delay(TimeSpan.FromSeconds(90));
        Assert.Contains(own, from.Node.Peers);
        Assert.Equal(
            [cluster.Nodes[0].Id, cluster.Nodes[3].Id],
            from.Node.Peers.Where(static peer => peer.IsOutbound).Select(static peer => peer.Id!.Value).Order());
    });

    [Fact]
    public void A_lookup_tells_its_progress_and_can_be_cancelled() => DhtNodes.Of(12).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        Steps steps = new();
        P2PNode node = cluster.Nodes[4].Node;
        await node.FindAsync(NodeId.FromPublicKey([1]), steps);
        await cluster.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal((11, 11, 0, 0), (steps[^1].Asked, steps[^1].Answered, steps[^1].Failed, steps[^1].Open));
        Assert.Equal(steps.OrderBy(static step => step.Answered), steps);

        using CancellationTokenSource source = new();
        Task<NodeRecord?> lookup = node.FindAsync(NodeId.FromPublicKey([2]), cancellationToken: source.Token);
        Assert.False(lookup.IsCompleted);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lookup);
        await cluster.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(0, node.GetDhtStatistics().Lookups);
    });

    [Fact]
    public void An_offer_ends_when_its_node_stops() => DhtNodes.Of(8)
        .Without<Connectivity>().LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(20) })
        .Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        P2PNode node = cluster.Nodes[3].Node;
        Task<int> offer = node.ProvideAsync("room");
        do
        {
            await cluster.Delay(TimeSpan.FromMilliseconds(1));
        }
        while (node.GetDhtStatistics().Lookups > 0);

        // The nodes to tell are found, and have not answered yet.
        Assert.False(offer.IsCompleted);
        await node.DisposeAsync();

        await Assert.ThrowsAsync<NodeStoppedException>(() => offer);
    });

    [Fact]
    public void Misuse_throws_and_a_lonely_node_says_so() => DhtNodes.Of(2)
        .WithSettings("node0", static settings => settings with { Dht = new DhtSettings() }).Run(async cluster =>
    {
        P2PNode without = cluster.Nodes[0].Node;
        await Assert.ThrowsAsync<InvalidOperationException>(() => without.FindAsync(cluster.Nodes[1].Id));
        Assert.Throws<InvalidOperationException>(() => without.FindProvidersAsync("room"));

        P2PNode lonely = cluster.Nodes[1].Node;
        await cluster.Delay(DhtNodes.Joined);
        await Assert.ThrowsAsync<ArgumentException>(() => lonely.FindAsync(lonely.Id));
        await Assert.ThrowsAsync<ArgumentException>(() => lonely.ProvideAsync(new string('x', 65)));
        DhtException failure =
            await Assert.ThrowsAsync<DhtException>(() => lonely.FindAsync(NodeId.FromPublicKey([1])));
        Assert.Equal(DhtFailure.NobodyKnown, failure.Reason);
        failure = await Assert.ThrowsAsync<DhtException>(() => cluster.Nodes[1].ProvidersAsync("room"));
        Assert.Equal(DhtFailure.NobodyKnown, failure.Reason);
        Assert.Equal(0, await lonely.ProvideAsync("room"));
        Assert.Equal(1, lonely.GetDhtStatistics().Faults[DhtFault.Refused]);
    });

    [Fact]
    public void Too_many_lookups_and_services_are_refused() => DhtNodes.Of(6).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        P2PNode node = cluster.Nodes[4].Node;
        Task<NodeRecord?>[] lookups =
            [.. Enumerable.Range(0, 80).Select(i => node.FindAsync(NodeId.FromPublicKey([(byte)i])))];
        int refused = 0;
        foreach (Task<NodeRecord?> lookup in lookups)
        {
            try
            {
                Assert.Null(await lookup);
            }
            catch (DhtException failure)
            {
                Assert.Equal(DhtFailure.Busy, failure.Reason);
                refused++;
            }
        }

        Assert.InRange(refused, 1, 80 - 64);
        await cluster.Delay(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 16; i++)
        {
            Assert.InRange(await node.ProvideAsync($"service {i}"), 4, 5);
        }

        DhtException full = await Assert.ThrowsAsync<DhtException>(() => node.ProvideAsync("one more"));
        Assert.Equal(DhtFailure.TooManyServices, full.Reason);
    });

    [Fact]
    public void A_service_is_offered_anew_until_it_is_stopped() => DhtNodes.Of(10).Run(
        async cluster =>
        {
            await cluster.Delay(DhtNodes.Joined);
            await cluster.Nodes[3].Node.ProvideAsync("room");
            await cluster.Delay(TimeSpan.FromHours(2));
            Assert.Single(await cluster.Nodes[7].ProvidersAsync("room"));

            cluster.Nodes[3].Node.StopProviding("room");
            await cluster.Delay(TimeSpan.FromMinutes(61));
            Assert.Empty(await cluster.Nodes[7].ProvidersAsync("room"));
        }, TimeSpan.FromHours(5));

    [Fact]
    public void A_part_that_fails_ends_its_lookups_and_goes_on() => DhtNodes.Of(6).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        P2PNode node = cluster.Nodes[4].Node;
        Task<NodeRecord?> lookup = node.FindAsync(NodeId.FromPublicKey([1]));
        node.Context.Actors!.Dht.Tell(Kill.Instance, ActorRefs.NoSender);
        DhtException failure = await Assert.ThrowsAsync<DhtException>(() => lookup);
        Assert.Equal(DhtFailure.NodeFailed, failure.Reason);
        Assert.Equal(cluster.Nodes[2].Id, (await node.FindAsync(cluster.Nodes[2].Id))!.Id);
    });

    [Fact]
    public void Actors_look_up_by_messages() => DhtNodes.Of(6).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        IActorRef manager = cluster.Nodes[4].Node.Manager;
        P2P.FoundNode found = await Ask<P2P.FoundNode>(new P2P.FindNode(cluster.Nodes[2].Id));
        Assert.Equal((cluster.Nodes[2].Id, cluster.Nodes[2].Id), (found.Id, found.Record!.Id));
        Assert.InRange((await Ask<P2P.Provided>(new P2P.Provide("room"))).Nodes, 4, 5);
        Assert.Equal(
            cluster.Nodes[4].Id,
            Assert.Single((await Ask<P2P.FoundProviders>(new P2P.FindProviders("room"))).Providers).Id);
        Assert.Equal("room", (await Ask<P2P.ProvidingStopped>(new P2P.StopProviding("room"))).Service);

        Task<T> Ask<T>(object command) => manager.Ask<T>(command, Timeout.InfiniteTimeSpan);
    });

    [Fact]
    public void A_run_is_the_same_for_the_same_seed()
    {
        Assert.Equal(Run(3), Run(3));

        static ClusterResult Run(ulong seed) => DhtNodes.Of(8).WithSeed(seed).RunFor(TimeSpan.FromMinutes(1));
    }

    private sealed class Steps : List<DhtProgress>, IProgress<DhtProgress>
    {
        public void Report(DhtProgress value) => Add(value);
    }
}
