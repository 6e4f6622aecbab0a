using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Actors;

/// <summary>Commands that actors send to a node's manager, and its answers.</summary>
public sealed class CommandTests
{
    [Fact]
    public void The_manager_connects_asks_and_disconnects_for_actors() => Run(async (mesh, client, server) =>
    {
        Peer peer = (await AskAsync<P2P.Connected>(client, new P2P.Connect(server.ListenAddresses[0]))).Peer;
        IReadOnlyList<Peer> ready = (await AskAsync<P2P.ReadyPeers>(client, P2P.GetPeers.Instance)).Peers;
        Text answer = await AskAsync<Text>(client, new P2P.Ask(peer, new Question("why")));
        await AskAsync<P2P.Disconnected>(client, new P2P.Disconnect(peer));

        Assert.Same(peer, Assert.Single(ready));
        Assert.Equal("echo why", answer.Value);
        Assert.Empty(client.Peers);
        Assert.Same(client, await AskAsync<P2PNode>(client, P2P.GetNode.Instance));
    });

    [Fact]
    public void The_manager_tells_and_broadcasts_for_actors()
    {
        List<string> heard = [];
        Run(async (mesh, client, server) =>
        {
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            P2P.Told told = await AskAsync<P2P.Told>(client, new P2P.Tell(peer, new Text("one")));
            P2P.BroadcastSent sent = await AskAsync<P2P.BroadcastSent>(client, new P2P.Broadcast(new Text("two")));
            await DelayAsync(mesh);

            Assert.Same(peer, told.Peer);
            Assert.Equal(1, sent.Peers);
            Assert.Equal(["one", "two"], heard);
        }, protocol => protocol
            .OnNotify<Text>((text, _) => heard.Add(text.Value))
            .OnBroadcast<Text>((text, _) =>
            {
                heard.Add(text.Value);
                return Verdict.Accept;
            }));
    }

    [Fact]
    public void A_failed_command_is_answered_with_the_exception() => Run(async (mesh, client, server) =>
    {
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        ConnectException connect = await FailsAsync<ConnectException>(
            client, new P2P.Connect(new PeerAddress("nowhere", 1)));
        AskException ask = await FailsAsync<AskException>(client, new P2P.Ask(peer, new Blob([1])));
        await FailsAsync<ArgumentException>(client, new P2P.Tell(peer, "no message"));
        await FailsAsync<ArgumentException>(server, new P2P.Tell(peer, new Text("another node's peer")));
        await FailsAsync<ArgumentNullException>(client, new P2P.Connect(null!));
        await client.DisconnectAsync(peer);
        SendException tell = await FailsAsync<SendException>(client, new P2P.Tell(peer, new Text("late")));

        Assert.Equal(ConnectFailure.NameNotResolved, connect.Reason);
        Assert.Equal(AskFailure.PeerError, ask.Reason);
        Assert.Equal(SendFailure.NotConnected, tell.Reason);
    });

    [Fact]
    public void A_request_whose_answer_nobody_knows_is_not_sent()
    {
        int asked = 0;
        Run(async (mesh, client, server) =>
        {
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            ArgumentException refusal = await FailsAsync<ArgumentException>(
                client, new P2P.Ask(peer, new Question("why")));

            Assert.Contains("5401", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(0, asked);
        }, protocol => protocol.OnRequest<Question, Text>((question, _) =>
        {
            asked++;
            return new Text(question.Value);
        }), client: null);
    }

    [Fact]
    public void An_answer_of_another_type_is_reported() => Run(async (mesh, client, server) =>
    {
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        AskException refusal = await FailsAsync<AskException>(client, new P2P.Ask(peer, new Question("why")));

        Assert.Equal(AskFailure.UnexpectedType, refusal.Reason);
    }, protocol => protocol.OnRequest<PlainQuestion, Blob>((_, _) => new Blob([1])),
    client: static builder => builder.UseMessage<Text>().UseMessage<Blob>());

    [Fact]
    public void A_subscriber_gets_events_until_it_unsubscribes() => Run(async (mesh, client, server) =>
    {
        List<object> first = [];
        List<object> second = [];
        IActorRef one = Hearer.In(client.ActorSystem, first);
        IActorRef two = Hearer.In(client.ActorSystem, second);
        await AskAsync<P2P.Subscribed>(client, new P2P.Subscribe(one));
        await AskAsync<P2P.Subscribed>(client, new P2P.Subscribe(one));
        await AskAsync<P2P.Subscribed>(client, new P2P.Subscribe(two));
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
        await AskAsync<P2P.Unsubscribed>(client, new P2P.Unsubscribe(one));
        await client.DisconnectAsync(peer);
        await DelayAsync(mesh);

        PeerConnected connected = Assert.IsType<PeerConnected>(Assert.Single(first));
        Assert.Equal((client.Id, "client"), (connected.Node, connected.NodeName));
        Assert.Equal([typeof(PeerConnected), typeof(PeerDisconnected)], second.Select(happened => happened.GetType()));
    });

    [Fact]
    public void A_subscriber_that_ends_is_removed() => Run(async (mesh, client, server) =>
    {
        List<IActorRef> subscribers = [];
        for (int i = 0; i < 1024; i++)
        {
            // Its name resembles that of a connection's actor, to which the manager listens too.
            subscribers.Add(Hearer.In(client.ActorSystem, [], name: $"peer-{i}"));
            await AskAsync<P2P.Subscribed>(client, new P2P.Subscribe(subscribers[i]));
        }

        IActorRef next = Hearer.In(client.ActorSystem, []);
        InvalidOperationException refusal = await FailsAsync<InvalidOperationException>(
            client, new P2P.Subscribe(next));
        client.ActorSystem.Stop(subscribers[0]);
        await DelayAsync(mesh);

        Assert.Contains("1024", refusal.Message, StringComparison.Ordinal);
        await AskAsync<P2P.Subscribed>(client, new P2P.Subscribe(next));
        Assert.False(client.Completion.IsCompleted);
    });

    [Fact]
    public void A_node_that_has_stopped_answers_actors_with_a_failure() => Run(async (mesh, client, server) =>
    {
        await client.DisposeAsync();

        await FailsAsync<NodeStoppedException>(client, P2P.GetPeers.Instance);
        await FailsAsync<NodeStoppedException>(client, new P2P.Subscribe(client.Manager));
    });

    [Fact]
    public void A_subscriber_that_is_none_is_refused() => Run(async (mesh, client, server) =>
    {
        await FailsAsync<ArgumentNullException>(client, new P2P.Subscribe(null!));
        await FailsAsync<ArgumentNullException>(client, new P2P.Unsubscribe(null!));
    });

    [Fact]
    public void A_message_that_cannot_be_written_fails_no_node() => Run(async (mesh, client, server) =>
    {
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

        await FailsAsync<TimeZoneNotFoundException>(client, new P2P.Tell(peer, new Unwritable()));

        await AskAsync<P2P.ReadyPeers>(client, P2P.GetPeers.Instance);
        Assert.False(client.Completion.IsCompleted);
    });

    [Fact]
    public void The_extension_knows_the_nodes_of_a_system_by_name() => Run(async (mesh, client, server) =>
    {
        P2P nodes = P2P.Get(client.ActorSystem);

        Assert.Same(client, nodes["client"]);
        Assert.Equal(["client"], nodes.Names);
        Assert.False(nodes.TryGet("server", out _));
        Assert.Contains("client", Assert.Throws<InvalidOperationException>(() => nodes["server"]).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<NodeStoppedException>(
            () => P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, null, new P2PNodeServices
        {
            ActorSystem = client.ActorSystem,
            Name = "client",
            TimeProvider = mesh.World.TimeProvider,
        }));
        Assert.Same(client, nodes["client"]);
    });

    /// <summary>A question as a node reads it whose answer has another type.</summary>
    private sealed record PlainQuestion : IMessage<PlainQuestion>
    {
        public static ushort TypeCode => Question.TypeCode;

        public void Write(IBufferWriter<byte> writer)
        {
        }

        public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out PlainQuestion message)
        {
            message = new PlainQuestion();
            return true;
        }
    }

    private static Task<T> AskAsync<T>(P2PNode node, object command) =>
        node.Manager.Ask<T>(command, Timeout.InfiniteTimeSpan);

    private static Task<T> FailsAsync<T>(P2PNode node, object command)
        where T : Exception => Assert.ThrowsAsync<T>(() => AskAsync<object>(node, command));

    private static Task DelayAsync(VirtualMesh mesh) => Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

    private static void Run(
        Func<VirtualMesh, P2PNode, P2PNode, Task> scenario, Action<ProtocolBuilder>? protocol = null) =>
        Run(scenario, protocol, static builder => builder.UseMessage<Text>());

    private static void Run(
        Func<VirtualMesh, P2PNode, P2PNode, Task> scenario, Action<ProtocolBuilder>? protocol,
        Action<ProtocolBuilder>? client)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol ?? (static builder => builder
                .OnRequest<Question, Text>((question, _) => new Text($"echo {question.Value}"))));
            await using P2PNode asking = await mesh.StartAsync("client", client);
            await scenario(mesh, asking, server);
        });
    }
}
