using ActorP2P.Protocol;

namespace ActorP2P.Tests.Actors;

/// <summary>Nodes that are owned by actors under a supervisor of the application.</summary>
public sealed class NodeActorTests
{
    [Fact]
    public void An_owned_node_accepts_messages_from_the_beginning() => Run(async (mesh, system, other) =>
    {
        IActorRef owner = system.ActorOf(PropsOf(mesh), "p2p");

        Peer peer = (await owner.Ask<P2P.Connected>(
            new P2P.Connect(other.ListenAddresses[0]), Timeout.InfiniteTimeSpan)).Peer;
        P2PNode node = await owner.Ask<P2PNode>(P2P.GetNode.Instance, Timeout.InfiniteTimeSpan);

        Assert.Same(peer, Assert.Single(node.Peers));
        Assert.Same(node, P2P.Get(system)["lobby"]);
    });

    [Fact]
    public void An_owner_that_stops_lets_its_node_say_goodbye() => Run(async (mesh, system, other) =>
    {
        using NodeEvents events = other.Events();
        IActorRef owner = system.ActorOf(PropsOf(mesh), "p2p");
        await owner.Ask<P2P.Connected>(new P2P.Connect(other.ListenAddresses[0]), Timeout.InfiniteTimeSpan);

        system.Stop(owner);

        PeerDisconnected end = await events.ReadAsync<PeerDisconnected>();
        Assert.Equal((DisconnectReason.ShuttingDown, DisconnectSide.Remote), (end.End.Reason, end.End.Side));
    });

    [Fact]
    public void An_owner_that_stops_before_its_node_has_started_leaves_none() => Run(async (mesh, system, other) =>
    {
        IActorRef owner = system.ActorOf(PropsOf(mesh), "p2p");
        Task<object> asked = owner.Ask<object>(P2P.GetNode.Instance, Timeout.InfiniteTimeSpan);
        system.Stop(owner);

        await Assert.ThrowsAsync<NodeStoppedException>(() => asked);
        await DelayAsync(mesh);
        Assert.True(P2P.Get(system)["lobby"].Completion.IsCompletedSuccessfully);
    });

    [Fact]
    public void A_node_that_fails_is_restarted_by_its_supervisor() => Run(async (mesh, system, other) =>
    {
        IActorRef owner = system.ActorOf(PropsOf(mesh), "p2p");
        P2PNode first = await owner.Ask<P2PNode>(P2P.GetNode.Instance, Timeout.InfiniteTimeSpan);

        system.Stop(first.Manager);
        await Assert.ThrowsAsync<NodeStoppedException>(() => first.Completion);
        await DelayAsync(mesh);

        P2PNode second = await owner.Ask<P2PNode>(P2P.GetNode.Instance, Timeout.InfiniteTimeSpan);
        Assert.NotSame(first, second);
        Assert.Same(second, P2P.Get(system)["lobby"]);
        Assert.Equal(first.ListenAddresses, second.ListenAddresses);
    });

    [Fact]
    public void An_owner_that_is_restarted_has_a_node_again() => Run(async (mesh, system, other) =>
    {
        // By default a supervisor stops an actor that is killed.
        SupervisorStrategy restarting = new OneForOneStrategy(static _ => Directive.Restart);
        IActorRef parent = system.ActorOf(Props.Create(() => new Parent(PropsOf(mesh, null), restarting)), "parent");
        IActorRef owner = await parent.Ask<IActorRef>("owner", Timeout.InfiniteTimeSpan);
        P2PNode first = await owner.Ask<P2PNode>(P2P.GetNode.Instance, Timeout.InfiniteTimeSpan);

        owner.Tell(Kill.Instance);
        await DelayAsync(mesh);

        P2PNode second = await owner.Ask<P2PNode>(P2P.GetNode.Instance, Timeout.InfiniteTimeSpan);
        Assert.NotSame(first, second);
        Assert.True(first.Completion.IsCompletedSuccessfully);
        await DelayAsync(mesh);
        Assert.False(second.Completion.IsCompleted);
    });

    [Fact]
    public void A_node_that_cannot_start_stops_its_owner() => Run(async (mesh, system, other) =>
    {
        List<object> heard = [];
        IActorRef owner = system.ActorOf(
            PropsOf(mesh, protocol => protocol.OnNotify<Text>().RouteTo("/user/nobody")), "p2p");
        Hearer.In(system, heard, (message, context) =>
        {
            if (message is IActorRef watched)
            {
                context.Watch(watched);
            }
        }).Tell(owner);

        await Assert.ThrowsAsync<NodeStoppedException>(
            () => owner.Ask<object>(P2P.GetPeers.Instance, Timeout.InfiniteTimeSpan));
        await DelayAsync(mesh);

        Assert.IsType<Terminated>(heard[^1]);
    });

    [Fact]
    public void An_owner_at_the_same_path_starts_after_the_goodbye() =>
        Run(async (mesh, system, other) =>
    {
        IActorRef first = system.ActorOf(PropsOf(mesh), "p2p");
        await first.Ask<P2P.Connected>(new P2P.Connect(other.ListenAddresses[0]), Timeout.InfiniteTimeSpan);
        P2PNode before = P2P.Get(system)["lobby"];
        await first.GracefulStop(Timeout.InfiniteTimeSpan);

        IActorRef second = system.ActorOf(PropsOf(mesh), "p2p");
        P2PNode after = await second.Ask<P2PNode>(P2P.GetNode.Instance, Timeout.InfiniteTimeSpan);

        Assert.True(before.Completion.IsCompletedSuccessfully);
        Assert.Equal(new PeerAddress("host", 1), Assert.Single(after.ListenAddresses));
    });

    private static Props PropsOf(VirtualMesh mesh, Action<ProtocolBuilder>? protocol = null) => P2PNode.Props(
        new P2PNodeOptions { NetworkId = "test", Listen = new PeerAddress("host", 1), Encryption = Encryption.Off },
        protocol, new P2PNodeServices
        {
            Transport = mesh.CreateTransport("host"),
            TimeProvider = mesh.World.TimeProviderOf(7),
            Name = "lobby",
            Seed = 7,
            AvailableMemory = VirtualMesh.UsualMemory,
            Identity = NodeIdentity.WithoutKey(new NodeId([.. Enumerable.Repeat((byte)7, NodeId.Size)])),
        });

    private static Task DelayAsync(VirtualMesh mesh) => Task.Delay(TimeSpan.FromSeconds(10), mesh.World.TimeProvider);

    private static void Run(Func<VirtualMesh, ActorSystem, P2PNode, Task> scenario)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode other = await mesh.StartAsync("other");
            ActorSystem system = SimulatedSystem.Create(mesh.World, "host", new SimulatedSystemOptions { Node = 7 });
            await scenario(mesh, system, other);
        });
    }

    private sealed class Parent : ReceiveActor
    {
        private readonly SupervisorStrategy _strategy;

        public Parent(Props child, SupervisorStrategy strategy)
        {
            _strategy = strategy;
            IActorRef owner = Context.ActorOf(child, "p2p");
            Receive<string>(_ => Sender.Tell(owner));
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;
    }
}
