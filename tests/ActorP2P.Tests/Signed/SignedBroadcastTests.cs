using ActorP2P.Protocol;
using ActorP2P.TestKit;
using ActorP2P.Tests.Hostile;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Signed;

/// <summary>Broadcasts whose authors are proven, however many nodes have relayed them.</summary>
[Collection(SocketsCollection.Name)]
public sealed class SignedBroadcastTests
{
    [Fact]
    public void Each_node_of_a_line_knows_the_author_and_not_only_the_relay()
    {
        Dictionary<string, Heard> heard = [];
        NodeId author = default;
        Cluster.Of(5).InALine().WhereEveryNode((protocol, node) => Take(protocol, next => heard.Add(node.Name, next)))
            .Run(async cluster =>
            {
                author = cluster["node0"].Id;
                await cluster.UntilConnectedAsync();
                Assert.Equal(1, await cluster["node0"].Node.BroadcastSignedAsync(new Text("news")));
                await cluster.UntilAsync(() => heard.Count == 4, "all have heard it");
                Assert.Equal(
                    new ClaimedNodeId(cluster["node3"].Id), heard["node4"].From);
            });

        Assert.All(heard.Values, next => Assert.Equal(("news", author), (next.Text, next.Author!.Value)));
        Assert.Single(heard.Values.Select(next => next.Sequence).Distinct());
    }

    [Fact]
    public void In_a_full_mesh_each_node_judges_it_once()
    {
        List<Heard> heard = [];
        Cluster.Of(6).FullyMeshed().WhereEveryNode(protocol => Take(protocol, heard.Add))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                await cluster["node0"].Node.BroadcastSignedAsync(new Text(new string('n', 200_000)));
                await cluster.Delay(TimeSpan.FromSeconds(5));
            });
        Assert.Equal(5, heard.Count);
    }

    [Fact]
    public void Numbers_rise_also_over_a_restart()
    {
        List<Heard> heard = [];
        Cluster.Of(["a", "b"]).InALine().WhereEveryNode(protocol => Take(protocol, heard.Add))
            .Run(async cluster =>
            {
                await cluster.UntilConnectedAsync();
                await cluster["a"].Node.BroadcastSignedAsync(new Text("1"));
                await cluster["a"].Node.BroadcastSignedAsync(new Text("2"));
                await cluster.UntilAsync(() => heard.Count == 2, "b has heard two");
                cluster.Faults.Kill("a");
                cluster.Faults.Restart("a");
                await cluster.UntilConnectedAsync();
                await cluster["a"].Node.BroadcastSignedAsync(new Text("3"));
                await cluster.UntilAsync(() => heard.Count == 3, "b has heard three");
            });
        Assert.Equal(["1", "2", "3"], heard.Select(next => next.Text));
        Assert.Equal(heard[0].Sequence + 1, heard[1].Sequence);
        Assert.True(heard[1].Sequence < heard[2].Sequence);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Real_signatures_cross_a_relay(TransportKind kind)
    {
        TaskCompletionSource<Heard> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using P2PNode relay = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind }, protocol => Take(protocol, static _ => { }));
        await using P2PNode reader = await P2PNode.StartAsync(
            new P2PNodeOptions { Transport = kind }, protocol => Take(protocol, heard.SetResult));
        await using P2PNode author = await P2PNode.StartAsync(new P2PNodeOptions { Transport = kind });
        using NodeEvents events = relay.Events();
        await reader.ConnectAsync(relay.ListenAddresses[0]).WaitAsync(Waits.Guard);
        await author.ConnectAsync(relay.ListenAddresses[0]).WaitAsync(Waits.Guard);
        await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Waits.Guard);
        await events.ReadAsync<PeerConnected>().AsTask().WaitAsync(Waits.Guard);

        await author.BroadcastSignedAsync(new Text("news")).WaitAsync(Waits.Guard);

        Heard next = await heard.Task.WaitAsync(Waits.Guard);
        Assert.Equal(("news", author.Id), (next.Text, next.Author!.Value));
        Assert.Equal(new ClaimedNodeId(relay.Id), next.From);
    }

    [Fact]
    public void A_type_that_is_signed_is_not_sent_without_and_the_other_way()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode signed = await mesh.StartAsync("a", protocol => Take(protocol, static _ => { }));
            await using P2PNode plain = await mesh.StartAsync(
                "b", protocol => protocol.OnBroadcast<Text>((_, _) => Verdict.Accept));
            ArgumentException without = await Assert.ThrowsAsync<ArgumentException>(
                () => signed.BroadcastAsync(new Text("x")));
            Assert.Contains("only with a signature; allowed: BroadcastSignedAsync", without.Message,
                StringComparison.Ordinal);
            ArgumentException with = await Assert.ThrowsAsync<ArgumentException>(
                () => plain.BroadcastSignedAsync(new Text("x")));
            Assert.Contains("without signatures; allowed: BroadcastAsync", with.Message, StringComparison.Ordinal);
            Assert.Equal(0, await signed.BroadcastSignedAsync(new Text("x")));
        });
    }

    [Fact]
    public async Task A_node_without_a_key_signs_nothing()
    {
        await using P2PNode node = await P2PNode.StartAsync(
            new P2PNodeOptions { Encryption = Encryption.Off },
            services: new P2PNodeServices { Identity = NodeIdentity.WithoutKey(NodeId.FromPublicKey([1])) });
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.BroadcastSignedAsync(new Text("x")));
    }

    [Fact]
    public void Actors_and_plain_objects_sign_too()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            List<Heard> heard = [];
            await using P2PNode a = await mesh.StartAsync("a", protocol => Take(protocol, heard.Add));
            await using P2PNode b = await mesh.StartAsync("b");
            using NodeEvents events = b.Events();
            await b.ConnectAsync(a.ListenAddresses[0]);
            await events.ReadAsync<PeerConnected>();
            Assert.Equal(1, (await b.Manager.Ask<P2P.BroadcastSent>(
                new P2P.BroadcastSigned(new Text("x")), Timeout.InfiniteTimeSpan)).Peers);
            Assert.Equal(1, await b.BroadcastSignedAsync((object)new Text("y")));
            await Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);
            Assert.Equal(["x", "y"], heard.Select(next => next.Text));
            Assert.All(heard, next => Assert.Equal(b.Id, next.Author));
        });
    }

    internal static ProtocolBuilder Take(ProtocolBuilder protocol, Action<Heard> take) =>
        protocol.OnSignedBroadcast<Text>((message, context) =>
        {
            take(new Heard(message.Value, context.Author, context.Sequence, context.Peer.ClaimedId));
            return Verdict.Accept;
        });

    internal sealed record Heard(string Text, NodeId? Author, ulong Sequence, ClaimedNodeId? From);
}
