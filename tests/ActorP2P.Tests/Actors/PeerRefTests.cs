using Akka.Event;

namespace ActorP2P.Tests.Actors;

/// <summary>A peer as an actor reference.</summary>
public sealed class PeerRefTests
{
    [Fact]
    public void A_tell_notifies_and_an_ask_is_answered()
    {
        List<string> heard = [];
        Run(async (mesh, client, peer) =>
        {
            peer.Ref.Tell(new Text("told"), ActorRefs.NoSender);
            Text answer = await peer.Ref.Ask<Text>(new Text("asked"), Timeout.InfiniteTimeSpan);
            await DelayAsync(mesh);

            Assert.Equal("echo asked", answer.Value);
            Assert.Equal(["told"], heard);
        }, protocol => protocol
            .OnNotify<Text>((text, _) => heard.Add(text.Value))
            .OnRequest<Text, Text>((text, _) => new Text($"echo {text.Value}")));
    }

    [Fact]
    public void An_actor_that_tells_a_request_gets_the_answer() => Run(async (mesh, client, peer) =>
    {
        List<object> heard = [];
        Hearer.In(client.ActorSystem, heard, (message, context) =>
        {
            if (message is "begin")
            {
                peer.Ref.Tell(new Question("why"), context.Self);
            }
            else
            {
                heard.Add(context.Sender);
            }
        }).Tell("begin");
        await DelayAsync(mesh);

        Assert.Equal(["begin", new Text("echo why"), peer.Ref], heard);
    });

    [Fact]
    public void An_ask_that_fails_is_answered_with_its_exception() => Run(async (mesh, client, peer) =>
    {
        AskException refusal = await Assert.ThrowsAsync<AskException>(
            () => peer.Ref.Ask<object>(new Blob([1]), Timeout.InfiniteTimeSpan));
        await Assert.ThrowsAsync<ArgumentException>(() => peer.Ref.Ask<object>("no message", Timeout.InfiniteTimeSpan));

        Assert.Equal(AskFailure.PeerError, refusal.Reason);
    });

    [Fact]
    public void A_notify_that_cannot_be_sent_becomes_a_dead_letter() => Run(async (mesh, client, peer) =>
    {
        List<object> heard = [];
        client.ActorSystem.EventStream.Subscribe(Hearer.In(client.ActorSystem, heard), typeof(Dropped));

        peer.Ref.Tell("no message", ActorRefs.NoSender);
        await client.DisconnectAsync(peer);
        peer.Ref.Tell(new Text("late"), ActorRefs.NoSender);
        await DelayAsync(mesh);

        Assert.Equal(["no message", new Text("late")], heard.Cast<Dropped>().Select(dropped => dropped.Message));
        Assert.Contains("NotConnected", ((Dropped)heard[1]).Reason, StringComparison.Ordinal);
        Assert.Equal(peer.Ref, ((Dropped)heard[1]).Recipient);
    });

    [Fact]
    public void Broadcasts_beyond_the_queue_are_dropped_and_reported() => Run(async (mesh, client, peer) =>
    {
        List<object> heard = [];
        client.ActorSystem.EventStream.Subscribe(Hearer.In(client.ActorSystem, heard), typeof(Dropped));
        byte[] large = new byte[64 * 1024];

        for (int i = 0; i < 20_000; i++)
        {
            peer.Ref.Tell(new Blob(large), ActorRefs.NoSender);
        }

        await DelayAsync(mesh);
        Assert.NotEmpty(heard);
        Assert.Contains("QueueFull", ((Dropped)heard[0]).Reason, StringComparison.Ordinal);
    });

    [Fact]
    public void A_watcher_learns_of_the_end_of_the_connection() => Run(async (mesh, client, peer) =>
    {
        List<object> heard = [];
        IActorRef watcher = Watcher(client.ActorSystem, heard);
        IActorRef other = Watcher(client.ActorSystem, []);
        watcher.Tell(peer.Ref);
        other.Tell(peer.Ref);
        await DelayAsync(mesh);
        client.ActorSystem.Stop(other);
        peer.Ref.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        peer.Ref.Tell(Kill.Instance, ActorRefs.NoSender);
        client.ActorSystem.Stop(peer.Ref);
        await DelayAsync(mesh);
        Assert.Single(heard);
        Assert.Single(client.Peers);

        await client.DisconnectAsync(peer);
        await DelayAsync(mesh);

        Assert.Equal(peer.Ref, Assert.IsType<Terminated>(heard[^1]).ActorRef);
        Assert.Equal(2, heard.Count);
    });

    [Fact]
    public void A_watcher_learns_of_the_end_of_the_node() => Run(async (mesh, client, peer) =>
    {
        List<object> heard = [];
        Watcher(client.ActorSystem, heard).Tell(peer.Ref);
        await DelayAsync(mesh);

        client.ActorSystem.Stop(client.Manager);
        await DelayAsync(mesh);

        Assert.IsType<Terminated>(heard[^1]);
    });

    [Fact]
    public void A_late_watcher_learns_of_the_end_at_once() => Run(async (mesh, client, peer) =>
    {
        List<object> heard = [];
        await client.DisconnectAsync(peer);

        Watcher(client.ActorSystem, heard).Tell(peer.Ref);
        await DelayAsync(mesh);

        Assert.IsType<Terminated>(heard[^1]);
    });

    [Fact]
    public void A_reference_answers_Identify() => Run(async (mesh, client, peer) =>
    {
        ActorIdentity identity = await peer.Ref.Ask<ActorIdentity>(new Identify(7), Timeout.InfiniteTimeSpan);

        Assert.Equal((7, peer.Ref), (identity.MessageId, identity.Subject));
        Assert.Same(peer.Ref, peer.Ref);
    });

    private static IActorRef Watcher(ActorSystem system, List<object> heard) =>
        Hearer.In(system, heard, static (message, context) =>
    {
        if (message is IActorRef watched)
        {
            context.Watch(watched);
        }
    });

    private static Task DelayAsync(VirtualMesh mesh) => Task.Delay(TimeSpan.FromSeconds(1), mesh.World.TimeProvider);

    private static void Run(Func<VirtualMesh, P2PNode, Peer, Task> scenario, Action<ProtocolBuilder>? protocol = null)
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", protocol ?? (static builder => builder
                .OnRequest<Question, Text>((question, _) => new Text($"echo {question.Value}"))));
            await using P2PNode client = await mesh.StartAsync("client", static builder => builder.UseMessage<Text>());
            await scenario(mesh, client, await client.ConnectAsync(server.ListenAddresses[0]));
        });
    }
}
