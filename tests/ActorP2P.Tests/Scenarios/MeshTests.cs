using ActorP2P.Protocol;
using ActorP2P.TestKit;

namespace ActorP2P.Tests;

public sealed class MeshTests
{
    [Fact]
    public void A_broadcast_crosses_a_line_and_each_node_judges_it_once()
    {
        Dictionary<string, int> judged = [];
        int peers = 0;
        Cluster.Of(5).InALine()
            .WhereEveryNode((protocol, node) => protocol.OnBroadcast<Text>((_, _) =>
            {
                judged[node.Name] = judged.GetValueOrDefault(node.Name) + 1;
                return Verdict.Accept;
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                peers = await cluster["node0"].BroadcastAsync(new Text("news"));
                await cluster.Delay(TimeSpan.FromSeconds(1));
            });

        Assert.Equal(1, peers);
        Assert.Equal(["node1", "node2", "node3", "node4"], judged.Keys.Order());
        Assert.All(judged.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public void In_a_full_mesh_every_node_judges_a_broadcast_once()
    {
        int judged = 0;
        Cluster.Of(6).FullyMeshed()
            .WhereEveryNode(protocol => protocol.OnBroadcast<Blob>((_, _) =>
            {
                judged++;
                return Verdict.Accept;
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                Assert.All(cluster.Nodes, node => Assert.Equal(5, node.Node.Peers.Count));
                await cluster["node0"].BroadcastAsync(new Blob(new byte[300_000]));
                await cluster.Delay(TimeSpan.FromSeconds(5));

                Assert.True(cluster.Nodes.Sum(node => node.Node.Statistics.DuplicateBroadcasts) > 0);
                Assert.All(cluster.Nodes, node => Assert.Equal(1, node.Node.Statistics.BroadcastsReceived));
            });

        Assert.Equal(5, judged);
    }

    [Theory]
    [InlineData(Verdict.Ignore, 0)]
    [InlineData(Verdict.Reject, 10)]
    [InlineData(Verdict.Defer, 0)]
    public void A_broadcast_that_is_not_accepted_is_not_relayed(Verdict verdict, int points)
    {
        int reached = 0;
        int charged = 0;
        Cluster.Of(["first", "second", "third"]).InALine()
            .Where("second", protocol => protocol.OnBroadcast<Text>((_, _) => verdict))
            .Where("third", protocol => protocol.OnBroadcast<Text>((_, _) =>
            {
                reached++;
                return Verdict.Accept;
            }))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                using NodeEvents events = cluster["second"].Node.Events();

                await cluster["first"].BroadcastAsync(new Text("news"));
                await cluster.Delay(TimeSpan.FromSeconds(1));

                while (events.TryRead(out NodeEvent? happened))
                {
                    charged += happened is PeerPenalised penalised ? penalised.Points : 0;
                }
            });

        Assert.Equal(0, reached);
        Assert.Equal(points, charged);
    }

    [Fact]
    public void A_bootstrap_node_that_starts_later_is_found()
    {
        Cluster.Of(["server", "client"]).InALine().Where("server", EchoProtocol.Register).Run(async cluster =>
        {
            P2PNode client = cluster["client"].Node;
            cluster.Faults.Kill("server");
            await cluster.Delay(TimeSpan.FromSeconds(20));
            Assert.Empty(client.Peers);

            using NodeEvents events = client.Events();
            cluster.Faults.Restart("server");
            await events.ReadAsync<PeerConnected>();
            await cluster["server"].Node.DisposeAsync();
            PeerDisconnected gone = await events.ReadAsync<PeerDisconnected>();
            cluster.Faults.Kill("server").Restart("server");
            PeerConnected back = await events.ReadAsync<PeerConnected>();

            Assert.Equal(DisconnectReason.ShuttingDown, gone.Reason);
            Assert.Equal("echo again", (await client.AskAsync<Text>(back.Peer, new Text("again"))).Value);
        });
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        ulong first = TraceOf(seed: 11);

        Assert.Equal(first, TraceOf(seed: 11));
        Assert.NotEqual(first, TraceOf(seed: 12));
    }

    private static ulong TraceOf(ulong seed) => Cluster.Of(3).InARing().WithSeed(seed)
        .WhereEveryNode(protocol => protocol.OnBroadcast<Text>((_, _) => Verdict.Accept))
        .At(TimeSpan.FromSeconds(1), faults => faults.Kill("node2"))
        .At(TimeSpan.FromSeconds(7), faults => faults.Restart("node2"))
        .Run(async cluster =>
        {
            await cluster.Delay(TimeSpan.FromSeconds(30));
            await cluster["node0"].BroadcastAsync(new Text("news"));
            await cluster.Delay(TimeSpan.FromSeconds(1));
        }).TraceHash;
}
