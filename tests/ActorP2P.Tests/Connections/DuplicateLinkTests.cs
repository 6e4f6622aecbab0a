using System.Globalization;

namespace ActorP2P.Tests.Connections;

/// <summary>Two nodes that have several connections to each other keep one of them.</summary>
public sealed class DuplicateLinkTests
{
    private readonly List<int> _told = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Mutual_bootstraps_have_one_connection(ulong seed) => Run(
        seed, static cluster => cluster, async cluster =>
    {
        await cluster.Delay(TimeSpan.FromSeconds(15));
        Peer atLow = Assert.Single(cluster["low"].Node.Peers);
        Peer atHigh = Assert.Single(cluster["high"].Node.Peers);
        Assert.NotEqual(atLow.IsOutbound, atHigh.IsOutbound);

        await cluster["low"].BroadcastAsync(new Text("1"));
        await cluster["high"].BroadcastAsync(new Text("2"));
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.All(cluster.Nodes, static node => Assert.Equal(
            (2, 0), (node.Node.Statistics.BroadcastsReceived, node.Node.Statistics.DuplicateBroadcasts)));
    });

    [Fact]
    public void Of_two_dials_at_once_the_one_of_the_higher_id_wins() => Run(1, NotLinked, async cluster =>
    {
        (P2PNode low, P2PNode high) = (cluster["low"].Node, cluster["high"].Node);
        Task<Peer> fromLow = low.ConnectAsync(cluster["high"].Address);
        Task<Peer> fromHigh = high.ConnectAsync(cluster["low"].Address);
        await Task.WhenAll(fromLow, fromHigh);
        await cluster.Delay(TimeSpan.FromSeconds(10));
        Peer atLow = await low.ConnectAsync(cluster["high"].Address);
        Peer atHigh = await high.ConnectAsync(cluster["low"].Address);

        Assert.Equal((false, true), (atLow.IsOutbound, atHigh.IsOutbound));
        Assert.Same(atLow, Assert.Single(low.Peers));
        Assert.Same(atHigh, Assert.Single(high.Peers));
    });

    [Fact]
    public void A_later_dial_of_the_other_node_returns_the_connection() => Run(1, NotLinked, async cluster =>
    {
        (P2PNode low, P2PNode high) = (cluster["low"].Node, cluster["high"].Node);
        using NodeEvents events = high.Events();
        await low.ConnectAsync(cluster["high"].Address);
        Peer first = (await events.ReadAsync<PeerConnected>()).Peer;
        await cluster.Delay(TimeSpan.FromMinutes(1));

        Peer second = await high.ConnectAsync(cluster["low"].Address);
        PeerAddress named = new(cluster["low"].Address.Host, cluster["low"].Address.Port, cluster["low"].Id);
        Peer third = await high.ConnectAsync(named);

        Assert.Same(first, second);
        Assert.Same(first, third);
        Assert.Equal(DisconnectReason.DuplicateConnection, (await events.ReadAsync<PeerRefused>()).End.Reason);
        Assert.Same(first, await high.ConnectAsync(cluster["low"].Address));
    });

    [Theory]
    [InlineData("low", "high")]
    [InlineData("high", "low")]
    public void A_node_that_starts_again_replaces_its_connection(string client, string server) => Run(
        1, NotLinked, async cluster =>
    {
        P2PNode node = cluster[client].Node;
        await node.ConnectAsync(cluster[server].Address);
        using NodeEvents events = node.Events();

        // A host without power does not end its connections.
        cluster.Faults.Kill(server, DeathKind.Host);
        await cluster.Delay(TimeSpan.FromSeconds(5));
        cluster.Faults.Restart(server);
        await cluster.UntilAsync(() => cluster[server].IsUp, "the server has started again");
        TimeSpan begun = cluster.World.Now;
        await cluster[server].ConnectAsync(client);

        PeerConnected connected = await events.ReadAsync<PeerConnected>();
        Assert.InRange(cluster.World.Now - begun, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Same(connected.Peer, Assert.Single(node.Peers));
        await events.ReadAsync<PeerDisconnected>();
        Assert.InRange(cluster.World.Now - begun, TimeSpan.Zero, TimeSpan.FromSeconds(6));
    });

    [Theory]
    [InlineData("low", "high")]
    [InlineData("high", "low")]
    public void A_silent_connection_is_replaced_in_two_seconds(string client, string server) => Run(
        1, NotLinked, async cluster =>
    {
        P2PNode node = cluster[client].Node;
        Peer old = await node.ConnectAsync(cluster[server].Address);
        await cluster.Delay(TimeSpan.FromMinutes(1));
        cluster.Faults.Forget(client, server);
        using NodeEvents events = node.Events();
        TimeSpan begun = cluster.World.Now;

        Task<Peer> connected = cluster[server].Node.ConnectAsync(cluster[client].Address);
        Peer used = (await events.ReadAsync<PeerConnected>()).Peer;
        TimeSpan passed = cluster.World.Now - begun;
        await connected;
        await cluster.Delay(TimeSpan.FromSeconds(10));

        Assert.InRange(passed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.5));
        Assert.NotSame(old, used);
        Assert.Same(used, Assert.Single(node.Peers));
        Assert.Same(await connected, Assert.Single(cluster[server].Node.Peers));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_is_lost_when_a_connection_is_replaced(ulong seed) => Run(seed, NotLinked, async cluster =>
    {
        (P2PNode low, P2PNode high) = (cluster["low"].Node, cluster["high"].Node);
        using NodeEvents events = low.Events();
        Task<Peer> fromHigh = high.ConnectAsync(cluster["low"].Address);
        Peer used = await low.ConnectAsync(cluster["high"].Address);
        List<Task<Text>> asked = [];
        for (int number = 0; number < 300;)
        {
            asked.Add(low.AskAsync<Text>(used, new Text($"{number}")));
            try
            {
                await low.TellAsync(used, new Text($"{number}"));
                number++;
            }
            catch (SendException ended) when (ended.Reason == SendFailure.NotConnected)
            {
                used = await low.ConnectAsync(cluster["high"].Address);
            }

            await cluster.Delay(TimeSpan.FromMilliseconds(1));
        }

        await fromHigh;
        await cluster.Delay(TimeSpan.FromSeconds(10));
        Assert.Single(EndsOf(events), DisconnectReason.DuplicateConnection);
        Assert.Equal(Enumerable.Range(0, 300), _told.Order());
        Assert.All(asked, static ask => Assert.True(ask.IsCompletedSuccessfully
            || ask.Exception?.InnerException is AskException { Reason: AskFailure.NotConnected }));
    });

    [Theory]
    [InlineData(1, "low")]
    [InlineData(2, "low")]
    [InlineData(3, "high")]
    [InlineData(4, "high")]
    public void No_broadcast_is_lost_when_a_connection_is_replaced(ulong seed, string sender) => Run(
        seed, NotLinked, async cluster =>
    {
        P2PNode node = cluster[sender].Node;
        using NodeEvents events = node.Events();
        Task<Peer> fromHigh = cluster["high"].Node.ConnectAsync(cluster["low"].Address);
        Task<Peer> fromLow = cluster["low"].Node.ConnectAsync(cluster["high"].Address);
        await Task.WhenAll(fromLow, fromHigh);
        await events.ReadAsync<PeerConnected>();
        for (int number = 0; number < 400; number++)
        {
            Assert.InRange(await node.BroadcastAsync(new Text($"{number}")), 1, 2);
            await cluster.Delay(TimeSpan.FromMilliseconds(1));
        }

        await cluster.Delay(TimeSpan.FromSeconds(10));
        string receiver = sender == "low" ? "high" : "low";
        Assert.Single(EndsOf(events), DisconnectReason.DuplicateConnection);
        Assert.Equal(400, cluster[receiver].Node.Statistics.BroadcastsReceived);
    });

    [Fact]
    public void Handles_of_both_nodes_keep_the_order_over_one_connection() => Run(1, NotLinked, async cluster =>
    {
        await using PeerHandle fromLow = cluster["low"].Node.Peer(cluster["high"].Address);
        await using PeerHandle fromHigh = cluster["high"].Node.Peer(cluster["low"].Address);
        List<Task> told = [];
        for (int number = 0; number < 500; number++)
        {
            told.Add(fromLow.TellAsync(new Text($"{number}")));
            await cluster.Delay(TimeSpan.FromMilliseconds(1));
        }

        await Task.WhenAll(told);
        await cluster.Delay(TimeSpan.FromSeconds(10));

        Assert.Equal(Enumerable.Range(0, 500), _told);
        Assert.Same(fromLow.Peer, Assert.Single(cluster["low"].Node.Peers));
        Assert.Same(fromHigh.Peer, Assert.Single(cluster["high"].Node.Peers));
    });

    [Fact]
    public void A_connection_that_two_addresses_share_closes_with_the_last() => Run(1, NotLinked, async cluster =>
    {
        P2PNode node = cluster["low"].Node;
        PeerAddress plain = cluster["high"].Address;
        PeerHandle one = node.Peer(plain);
        PeerHandle other = node.Peer(new PeerAddress(plain.Host, plain.Port, cluster["high"].Id));
        Assert.Same(await one.ConnectedAsync(), await other.ConnectedAsync());

        await one.DisposeAsync();
        await other.TellAsync(new Text("1"));
        await cluster.Delay(TimeSpan.FromSeconds(1));
        Assert.Equal(PeerHandleState.Connected, other.State);
        await other.DisposeAsync();

        Assert.Empty(node.Peers);
        Assert.Equal([1], _told);
    });

    [Fact]
    public void Claimed_ids_leave_both_connections_and_one_broadcast() => Run(
        1, cluster => cluster.WithSettings(static settings => settings with { Encryption = Encryption.Off }),
        async cluster =>
    {
        await cluster.Delay(TimeSpan.FromSeconds(15));
        Assert.All(cluster.Nodes, static node => Assert.Equal(2, node.Node.Peers.Count));

        await cluster["low"].BroadcastAsync(new Text("1"));
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal(1, cluster["high"].Node.Statistics.BroadcastsReceived);
        Assert.Equal(0, cluster["high"].Node.Statistics.DuplicateBroadcasts);
    });

    private static List<DisconnectReason> EndsOf(NodeEvents events)
    {
        List<DisconnectReason> ends = [];
        while (events.TryRead(out NodeEvent? happened))
        {
            Disconnect? end = (happened as PeerDisconnected)?.End ?? (happened as PeerRefused)?.End;
            ends.AddRange(end is null ? [] : [end.Reason]);
        }

        return ends;
    }

    private static Cluster NotLinked(Cluster cluster) =>
        cluster.WithSettings(static settings => settings with { Bootstrap = [] });

    // The first node of a cluster has the lowest id. Each dials the other one.
    private void Run(ulong seed, Func<Cluster, Cluster> prepare, Func<Cluster, Task> program) => prepare(
        Cluster.Of(["low", "high"]).Unlinked().WithSeed(seed)
            .LinkedBy(new LinkConditions
            {
                Latency = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(20),
            })
            .WithSettings(static settings => settings with { Encryption = Encryption.Required })
            .WithSettings("low", static settings => settings with { Bootstrap = [new PeerAddress("high", 1)] })
            .WithSettings("high", static settings => settings with { Bootstrap = [new PeerAddress("low", 1)] })
            .WhereEveryNode(protocol => protocol
                .OnNotify<Text>((text, _) =>
                {
                    _told.Add(int.Parse(text.Value, CultureInfo.InvariantCulture));
                    return default;
                })
                .OnRequest<Text, Text>(static (text, _) => text)
                .OnBroadcast<Text>(static (_, _) => Verdict.Accept)))
        .Run(program);
}
