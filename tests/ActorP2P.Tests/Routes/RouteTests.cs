using ActorP2P.Protocol;
using ActorP2P.Tests.Actors;

namespace ActorP2P.Tests.Routes;

/// <summary>Messages of peers that are routed to actors of the host.</summary>
public sealed class RouteTests
{
    private const string Board = "/user/board";

    [Fact]
    public void An_actor_answers_a_request_by_telling_its_sender() => Run(
        (message, context) => context.Sender.Tell(new Text($"echo {((Text)message).Value}")),
        protocol => protocol.OnRequest<Text, Text>().RouteTo(Board),
        async (mesh, client, peer, heard) =>
            Assert.Equal("echo hello", (await client.AskAsync<Text>(peer, new Text("hello"))).Value));

    [Fact]
    public void An_actor_receives_the_wrapped_message() => Run(
        (message, context) => context.Sender.Tell(new Text($"{((KeyValuePair<Peer, string>)message).Key.UserAgent}")),
        protocol => protocol.OnRequest<Text, Text>().As(
            (text, context) => KeyValuePair.Create(context.Peer, text.Value)).RouteTo(Board),
        async (mesh, client, peer, heard) =>
            Assert.Equal(client.Settings.UserAgent, (await client.AskAsync<Text>(peer, new Text("who"))).Value));

    [Fact]
    public void An_actor_refuses_a_request_by_a_failure() => Run(
        (_, context) => context.Sender.Tell(new Status.Failure(new RequestRefusedException(0x123, "not today"))),
        protocol => protocol.OnRequest<Text, Text>().RouteTo(Board),
        async (mesh, client, peer, heard) =>
        {
            AskException refusal = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Text("hello")));

            Assert.Equal(((RequestErrorCode)0x123, "291: not today"), (refusal.ErrorCode, refusal.Detail));
        });

    [Fact]
    public void An_actor_with_another_answer_fails_the_route() => Fails(
        RouteFailure.UnexpectedAnswer, (_, context) => context.Sender.Tell(7));

    [Fact]
    public void An_actor_that_never_answers_fails_the_route() => Fails(RouteFailure.TimedOut, (_, _) => { });

    [Fact]
    public void An_actor_that_ends_before_its_answer_fails_the_route() => Fails(
        RouteFailure.ActorEnded, (_, context) => context.Stop(context.Self));

    [Fact]
    public void An_actor_that_has_ended_fails_the_route() => Run(
        (_, context) => context.Stop(context.Self),
        protocol => protocol.OnRequest<Text, Text>().RouteTo(Board),
        async (mesh, client, peer, heard) =>
        {
            for (int i = 0; i < 2; i++)
            {
                AskException refusal = await Assert.ThrowsAsync<AskException>(
                    () => client.AskAsync<Text>(peer, new Text("hello")));
                Assert.Equal(RequestErrorCode.HandlerFailed, refusal.ErrorCode);
            }

            Assert.Single(heard);
        });

    [Fact]
    public void A_cancelled_request_frees_its_slot() => Run(
        (_, _) => { },
        protocol => protocol.OnRequest<Text, Text>().Within(TimeSpan.MaxValue).RouteTo(Board),
        async (mesh, client, peer, heard) =>
        {
            SendOptions second = new() { Timeout = TimeSpan.FromSeconds(1) };
            for (int i = 0; i < 3; i++)
            {
                AskException end = await Assert.ThrowsAsync<AskException>(
                    () => client.AskAsync<Text>(peer, new Text("hello"), second));
                Assert.Equal(AskFailure.TimedOut, end.Reason);
            }

            Assert.Equal(3, heard.Count);
        }, settings => settings with { MaxConcurrentHandlers = 1 });

    [Fact]
    public void A_notify_comes_from_its_peer_and_can_be_answered()
    {
        List<object> told = [];
        List<IActorRef> senders = [];
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", protocol => protocol.OnNotify<Text>().RouteTo(Board),
                prepare: system => Hearer.In(system, told, (_, context) =>
                {
                    senders.Add(context.Sender);
                    context.Sender.Tell(new Text("back"));
                }, "board"));
            await using P2PNode client = await mesh.StartAsync(
                "client", protocol => protocol.OnNotify<Text>((text, _) => told.Add(text)));
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            await client.TellAsync(peer, new Text("there"));
            await DelayAsync(mesh);

            Assert.Equal([new Text("there"), new Text("back")], told);
            Assert.Same(Assert.Single(server.Peers).Ref, Assert.Single(senders));
        });
    }

    [Fact]
    public void A_slow_actor_delays_the_peer_that_sends_to_it()
    {
        TaskCompletionSource free = new();
        List<object> heard = [];
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", protocol => protocol.OnNotify<Text>().RouteTo(Board),
                change: static settings => settings with { MaxConcurrentHandlers = 2 },
                prepare: system => system.ActorOf(Props.Create(() => new Slow(heard, free.Task)), "board"));
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            for (int i = 0; i < 10; i++)
            {
                await client.TellAsync(peer, new Text($"{i}"));
            }

            await DelayAsync(mesh);
            int running = server.Context.Running.Calls.Count;
            free.SetResult();
            await DelayAsync(mesh);

            Assert.Equal(2, running);
            Assert.Equal(Enumerable.Range(0, 10).Select(i => new Text($"{i}")), heard);
        });
    }

    [Theory]
    [InlineData(Verdict.Accept, 1)]
    [InlineData(Verdict.Ignore, 0)]
    public void An_actor_judges_broadcasts(Verdict verdict, int relayed)
    {
        int reached = 0;
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode judge = await mesh.StartAsync(
                "judge", protocol => protocol.OnBroadcast<Text>().RouteTo(Board),
                prepare: system => Hearer.In(system, [], (_, context) => context.Sender.Tell(verdict), "board"));
            await using P2PNode first = await mesh.StartAsync("first");
            await using P2PNode last = await mesh.StartAsync("last", protocol => protocol.OnBroadcast<Text>((_, _) =>
            {
                reached++;
                return Verdict.Accept;
            }));
            await first.ConnectAsync(judge.ListenAddresses[0]);
            await last.ConnectAsync(judge.ListenAddresses[0]);

            await first.BroadcastAsync(new Text("news"));
            await DelayAsync(mesh);
        });

        Assert.Equal(relayed, reached);
    }

    [Fact]
    public void A_route_to_no_actor_fails_the_start()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            NodeStoppedException path = await Assert.ThrowsAsync<NodeStoppedException>(
                () => mesh.StartAsync("a", protocol => protocol.OnNotify<Text>().RouteTo(Board)));
            NodeStoppedException nobody = await Assert.ThrowsAsync<NodeStoppedException>(
                () => mesh.StartAsync("b", protocol => protocol.OnBroadcast<Text>().RouteTo(ActorRefs.Nobody)));

            Assert.Contains(Board, path.Message, StringComparison.Ordinal);
            Assert.Contains("no such actor", nobody.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void An_actor_that_never_answers_fails_the_start()
    {
        VirtualMesh mesh = new();
        IInternalActorRef? temporary = null;
        mesh.Run(async () =>
        {
            NodeStoppedException late = await Assert.ThrowsAsync<NodeStoppedException>(() => mesh.StartAsync(
                "a", protocol => protocol.OnNotify<Text>().RouteTo(Board),
                prepare: system =>
                {
                    temporary = ((ExtendedActorSystem)system).Provider.TempContainer;
                    system.ActorOf(Props.Create(() => new Slow(new List<object>(), Task.Delay(-1))), "board")
                        .Tell(new Text("wait"));
                }));

            Assert.Contains("the actor has not answered", late.Message, StringComparison.Ordinal);
            Assert.Equal(false, temporary!.GetType().GetProperty("HasChildren")!.GetValue(temporary));
        });
    }

    [Fact]
    public void A_route_counts_as_the_handler_of_its_type()
    {
        VirtualMesh mesh = new();
        mesh.Run(() => Assert.ThrowsAsync<InvalidOperationException>(() => mesh.StartAsync(
            "a", protocol => protocol.OnNotify<Text>().RouteTo(Board).OnNotify<Text>((_, _) => { }))));
    }

    private static void Fails(RouteFailure reason, Action<object, IActorContext> board)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", protocol => protocol.OnRequest<Text, Text>().Within(TimeSpan.FromSeconds(1)).RouteTo(Board),
                prepare: system => Hearer.In(system, [], board, "board"));
            await using P2PNode client = await mesh.StartAsync("client");
            using NodeEvents events = server.Events();
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            AskException refusal = await Assert.ThrowsAsync<AskException>(
                () => client.AskAsync<Text>(peer, new Text("hello")));

            Assert.Equal(RequestErrorCode.HandlerFailed, refusal.ErrorCode);
            HandlerFailed failed = await events.ReadAsync<HandlerFailed>();
            Assert.Equal(reason, Assert.IsType<RouteException>(failed.Exception).Reason);
        });
    }

    private static void Run(
        Action<object, IActorContext> board, Action<ProtocolBuilder> protocol,
        Func<VirtualMesh, P2PNode, Peer, List<object>, Task> scenario,
        Func<P2PNodeOptions, P2PNodeOptions>? change = null)
    {
        List<object> heard = [];
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync(
                "server", protocol, change: change, prepare: system => Hearer.In(system, heard, board, "board"));
            await using P2PNode client = await mesh.StartAsync("client");
            await scenario(mesh, client, await client.ConnectAsync(server.ListenAddresses[0]), heard);
        });
    }

    private static Task DelayAsync(VirtualMesh mesh) => Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

    private sealed class Slow : ReceiveActor
    {
        public Slow(List<object> heard, Task free) => ReceiveAsync<Text>(async text =>
        {
            heard.Add(text);
            await free;
        });
    }
}
