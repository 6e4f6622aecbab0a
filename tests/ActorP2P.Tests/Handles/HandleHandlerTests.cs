using ActorP2P.Tests.Actors;

namespace ActorP2P.Tests.Handles;

/// <summary>Handlers that a handle has of its own, for what its peer sends.</summary>
public sealed class HandleHandlerTests
{
    private readonly List<string> _node = [];
    private readonly List<string> _handle = [];

    // What the server sends to each peer as soon as it is connected.
    private Func<P2PNode, Peer, Task> _greet = static (_, _) => Task.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_first_message_of_the_peer_finds_the_handler(bool isNamed) => Run(async cluster =>
    {
        _greet = static (node, peer) => node.TellAsync(peer, new Text("hello"));
        PeerAddress address = cluster["server"].Address.WithoutId;
        await using PeerHandle handle = cluster["client"].Node.Peer(
            isNamed ? new PeerAddress(address.Host, address.Port, cluster["server"].Id) : address,
            new PeerHandleOptions { Handlers = Hear });
        await cluster.Delay(TimeSpan.FromSeconds(5));
        cluster.Faults.Kill("server");
        await cluster.Delay(TimeSpan.FromSeconds(1));
        cluster.Faults.Restart("server");
        await handle.ConnectedAsync();
        await cluster.Delay(TimeSpan.FromSeconds(5));

        Assert.Equal(["hello", "hello"], _handle);
        Assert.Empty(_node);
    });

    [Fact]
    public void A_closed_handle_leaves_the_messages_to_the_node() => Run(async cluster =>
    {
        P2PNode client = cluster["client"].Node;
        await client.ConnectAsync(cluster["server"].Address);
        await SendAsync(cluster, "1");
        await using PeerHandle other = client.Peer(cluster["server"].Address);
        PeerHandle handle = client.Peer(cluster["server"].Address, new PeerHandleOptions { Handlers = Hear });
        await SendAsync(cluster, "2");
        await handle.DisposeAsync();
        await SendAsync(cluster, "3");

        Assert.Equal(["2"], _handle);
        Assert.Equal(["1", "3"], _node);
    });

    [Fact]
    public void Requests_go_to_the_first_handle_that_handles_them() => Run(async cluster =>
    {
        P2PNode client = cluster["client"].Node;
        await using PeerHandle first = client.Peer(cluster["server"].Address, new PeerHandleOptions
        {
            Handlers = static protocol => protocol.OnRequest<Question, Text>((_, _) => new Text("first")),
        });
        await using PeerHandle second = client.Peer(cluster["server"].Address, new PeerHandleOptions
        {
            Handlers = static protocol => protocol.OnRequest<Question, Text>((_, _) => new Text("second")),
        });
        await second.ConnectedAsync();
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal("first", await AskAsync(cluster));
        await first.DisposeAsync();
        Assert.Equal("second", await AskAsync(cluster));
        await second.DisposeAsync();
    });

    [Fact]
    public void A_connection_that_the_peer_has_dialled_is_the_handles_too() => Run(async cluster =>
    {
        // Nobody listens at the address of the handle.
        await using PeerHandle handle = cluster["client"].Node.Peer(
            new PeerAddress(cluster["server"].Address.Host, 1, cluster["server"].Id),
            new PeerHandleOptions { Handlers = Hear });
        Peer peer = await cluster["server"].Node.ConnectAsync(cluster["client"].Address);
        await cluster["server"].Node.TellAsync(peer, new Text("1"));
        await cluster.Delay(TimeSpan.FromSeconds(5));

        Assert.Equal(["1"], _handle);
    });

    [Fact]
    public void Other_peers_do_not_find_the_handlers() => Run(async cluster =>
    {
        P2PNode client = cluster["client"].Node;
        await using PeerHandle handle = client.Peer(
            cluster["server"].Address, new PeerHandleOptions { Handlers = Hear });
        await handle.ConnectedAsync();
        Peer peer = await cluster["third"].Node.ConnectAsync(cluster["client"].Address);
        await cluster["third"].Node.TellAsync(peer, new Text("3"));
        await SendAsync(cluster, "1");

        Assert.Equal(["1"], _handle);
        Assert.Equal(["3"], _node);
    });

    [Fact]
    public void Messages_of_the_peer_are_routed_to_an_actor() => Run(async cluster =>
    {
        P2PNode client = cluster["client"].Node;
        List<object> heard = [];
        IActorRef hearer = Hearer.In(client.ActorSystem, heard);
        await using PeerHandle handle = client.Peer(cluster["server"].Address, new PeerHandleOptions
        {
            Handlers = protocol => protocol.OnNotify<Text>().RouteTo(hearer),
        });
        await handle.ConnectedAsync();
        await SendAsync(cluster, "1");

        Assert.Equal(new Text("1"), heard.OfType<Text>().Single());
    });

    [Fact]
    public void What_a_handle_cannot_handle_is_refused_by_name() => Run(cluster =>
    {
        P2PNode client = cluster["client"].Node;
        AssertRefused("broadcasts", static protocol => protocol.OnBroadcast<Text>((_, _) => Verdict.Accept));
        AssertRefused("streams", static protocol => protocol.OnStream<Text>((_, _, _) => ValueTask.CompletedTask));
        AssertRefused("a service", static protocol => protocol.Service(0x55, "name"));
        AssertRefused("admission", static protocol => protocol.AdmitPeers(
            static (_, _) => ValueTask.FromResult(Admission.Admit)));
        AssertRefused("/user/board", static protocol => protocol.OnNotify<Text>().RouteTo("/user/board"));
        Assert.Throws<InvalidOperationException>(() => client.Peer(cluster["server"].Address, new PeerHandleOptions
        {
            Handlers = static protocol => protocol.OnNotify<Text>((_, _) => { }).OnNotify<Text>((_, _) => { }),
        }));
        Assert.Empty(client.Peers);
        return Task.CompletedTask;

        void AssertRefused(string what, Action<ProtocolBuilder> register) => Assert.Contains(
            what,
            Assert.ThrowsAny<ArgumentException>(() => client.Peer(
                cluster["server"].Address, new PeerHandleOptions { Handlers = register })).Message,
            StringComparison.Ordinal);
    });

    private static async Task<string> AskAsync(Cluster cluster)
    {
        P2PNode server = cluster["server"].Node;
        return (await server.AskAsync<Text>(server.Peers[0], new Question("who"))).Value;
    }

    private static async Task SendAsync(Cluster cluster, string text)
    {
        P2PNode server = cluster["server"].Node;
        await cluster.UntilAsync(() => server.Peers.Count > 0, "the server has a peer");
        await server.TellAsync(server.Peers[0], new Text(text));
        await cluster.Delay(TimeSpan.FromSeconds(1));
    }

    private void Hear(ProtocolBuilder protocol) => protocol.OnNotify<Text>((text, _) => _handle.Add(text.Value));

    private void Run(Func<Cluster, Task> program) => Cluster.Of(["server", "client", "third"])
        .Unlinked()
        .CheckedBy(new Greeter(this))
        .Where("client", protocol => protocol.UseMessage<Question>()
            .OnNotify<Text>((text, _) => _node.Add(text.Value)))
        .Where("server", static protocol => protocol.UseMessage<Text>())
        .WithSettings(static settings => settings with { Encryption = Encryption.Required })
        .Run(program);

    private sealed class Greeter(HandleHandlerTests test) : Checker
    {
        protected override void OnNodeEvent(ClusterNode node, NodeEvent happened)
        {
            if (node.Name == "server" && happened is PeerConnected connected)
            {
                _ = test._greet(node.Node, connected.Peer);
            }
        }
    }
}
