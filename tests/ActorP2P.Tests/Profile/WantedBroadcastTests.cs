using ActorP2P.Protocol;
using ActorP2P.TestKit;
using ActorP2P.Tests.Hostile;

namespace ActorP2P.Tests.Profile;

/// <summary>A node is sent no broadcast that it does not want, whatever its handlers and its settings say.</summary>
public sealed class WantedBroadcastTests
{
    [Fact]
    public void By_default_a_node_wants_what_it_handles() => Mesh(Texts, async (_, sender, taker, heard) =>
    {
        Peer toTaker = Assert.Single(sender.Peers);
        Assert.Equal([Text.TypeCode], toTaker.WantedBroadcasts.Listed);
        Assert.Equal(1, await sender.BroadcastAsync(new Text("wanted")));
        Assert.Equal(0, await sender.BroadcastAsync(new Blob([1])));
        Assert.Equal(1, sender.Statistics.UnwantedBroadcasts);
        await UntilAsync(sender, () => heard.Count == 1);
        Assert.Equal(1, taker.Statistics.BroadcastsReceived);
    });

    [Fact]
    public void A_node_without_handlers_is_sent_nothing() => Mesh(null, async (_, sender, taker, _) =>
    {
        Assert.Equal(BroadcastTypes.None, Assert.Single(sender.Peers).WantedBroadcasts);
        Assert.Equal(0, await sender.BroadcastAsync(new Text("unwanted")));
        Assert.Equal(0, taker.Statistics.BroadcastsReceived);
    });

    [Fact]
    public void A_node_that_wants_all_is_sent_all() => Mesh(null, async (mesh, sender, taker, _) =>
    {
        await taker.ApplyAsync(taker.Settings with { Broadcasts = BroadcastChoice.All });
        await UntilAsync(sender, () => sender.Peers[0].WantedBroadcasts.IsAll);
        Assert.Equal(1, await sender.BroadcastAsync(new Text("one")));
        Assert.Equal(1, await sender.BroadcastAsync(new Blob([1])));
        await UntilAsync(sender, () => taker.Statistics.BroadcastsReceived == 2);
    });

    [Fact]
    public void A_node_that_is_behind_takes_none_and_later_all() => Mesh(
        Texts,
        async (mesh, sender, taker, heard) =>
        {
            Assert.Equal(0, await sender.BroadcastAsync(new Text("too early")));
            Assert.Empty(await taker.ApplyAsync(taker.Settings with { Broadcasts = BroadcastChoice.Handled }));
            await UntilAsync(sender, () => sender.Peers[0].WantedBroadcasts.Includes(Text.TypeCode));
            Assert.Equal(1, await sender.BroadcastAsync(new Text("now")));
            await UntilAsync(sender, () => heard.Count == 1);
            Assert.Equal(["now"], heard);

            await taker.ApplyAsync(taker.Settings with { Broadcasts = BroadcastChoice.None });
            await UntilAsync(sender, () => sender.Peers[0].WantedBroadcasts.Listed.Count == 0);
            Assert.Equal(0, await sender.BroadcastAsync(new Text("too late")));
        },
        settings => settings with { Broadcasts = BroadcastChoice.None });

    [Fact]
    public void A_relay_passes_on_only_what_is_wanted()
    {
        List<string> heard = [];
        Cluster.Of(["source", "relay", "texts", "nothing"]).Unlinked()
            .Where("relay", protocol => protocol
                .OnBroadcast<Text>((_, _) => Verdict.Accept)
                .OnBroadcast<Blob>((_, _) => Verdict.Accept))
            .Where("texts", protocol => protocol.OnBroadcast<Text>((message, _) =>
            {
                heard.Add(message.Value);
                return Verdict.Accept;
            }))
            .Run(async cluster =>
            {
                foreach (string node in (string[])["source", "texts", "nothing"])
                {
                    await cluster[node].ConnectAsync("relay");
                }

                await cluster["source"].BroadcastAsync(new Text("news"));
                await cluster["source"].BroadcastAsync(new Blob(new byte[200_000]));
                await cluster.Delay(TimeSpan.FromSeconds(5));
                Assert.Equal(2, cluster["relay"].Node.Statistics.BroadcastsReceived);
                Assert.Equal(1, cluster["texts"].Node.Statistics.BroadcastsReceived);
                Assert.Equal(0, cluster["nothing"].Node.Statistics.BroadcastsReceived);
                Assert.Equal(3, cluster["relay"].Node.Statistics.UnwantedBroadcasts);
            });

        Assert.Equal(["news"], heard);
    }

    [Fact]
    public void What_a_slow_peer_does_not_want_is_neither_kept_nor_announced()
    {
        Cluster.Of(["a", "b"]).InALine()
            .Where("b", protocol => protocol.OnBroadcast<Text>((_, _) => Verdict.Accept))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                cluster.Faults.ReadRate("b", 0);
                for (int i = 0; i < 100; i++)
                {
                    await cluster["a"].BroadcastAsync(new Blob(new byte[60_000]));
                }

                NodeStatistics statistics = cluster["a"].Node.Statistics;
                Assert.Equal(100, statistics.UnwantedBroadcasts);
                Assert.Equal(
                    (0L, 0L, 0L),
                    (statistics.KeptBytes, statistics.DroppedBroadcasts, statistics.AnnouncedBroadcasts));
                cluster.Faults.ReadRate("b", null);
                await cluster.Delay(TimeSpan.FromSeconds(5));
            });
    }

    [Fact]
    public Task A_peer_of_whom_nothing_is_known_wants_all() => Arena.RunAsync(Network.Memory, async arena =>
    {
        (RawPeer raw, Peer peer) = await arena.DialAskableAsync();
        using (raw)
        {
            Assert.True(peer.WantedBroadcasts.IsAll);
            await arena.Node.BroadcastAsync(new Blob([1]));
            Assert.Equal(Blob.TypeCode, (await raw.ReadAsync(FrameKind.Broadcast)).Header.Type);
        }
    });

    [Fact]
    public Task An_unwanted_broadcast_that_arrives_is_handled_as_others() => Arena.RunAsync(
        Network.Memory,
        async arena =>
        {
            using RawPeer raw = await arena.DialReadyAsync();
            Assert.Equal(BroadcastTypes.None, raw.NodeHello!.WantedBroadcasts);
            await raw.SendAsync(
                FrameKind.Broadcast, Broadcasts.Body("on its way"), RawPeer.Normal, Text.TypeCode, id: 1);
            await Arena.AssertIsKeptAsync(raw);
            await arena.SettleAsync(raw);
            Assert.Equal(1, arena.Node.Statistics.BroadcastsReceived);
        },
        settings => settings with { Broadcasts = BroadcastChoice.None });

    private static Action<ProtocolBuilder> Texts(List<string> heard) => protocol => protocol
        .OnBroadcast<Text>((message, _) =>
        {
            heard.Add(message.Value);
            return Verdict.Accept;
        });

    private static async Task UntilAsync(P2PNode node, Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), node.Context.TimeProvider);
        }
    }

    private static void Mesh(
        Func<List<string>, Action<ProtocolBuilder>>? protocol,
        Func<VirtualMesh, P2PNode, P2PNode, List<string>, Task> scenario,
        Func<P2PNodeOptions, P2PNodeOptions>? change = null)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            List<string> heard = [];
            await using P2PNode taker = await mesh.StartAsync("taker", protocol?.Invoke(heard), change: change);
            await using P2PNode sender = await mesh.StartAsync("sender");
            using NodeEvents events = sender.Events();
            await sender.ConnectAsync(taker.ListenAddresses[0]);
            await events.ReadAsync<PeerConnected>();
            await scenario(mesh, sender, taker, heard);
        });
    }
}
