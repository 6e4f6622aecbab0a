using ActorP2P.Tests.Actors;
using Akka.Event;

namespace ActorP2P.Tests.Handles;

/// <summary>A handle as an actor reference that outlives connections.</summary>
public sealed class HandleRefTests
{
    private readonly List<string> _told = [];

    [Fact]
    public void A_reference_tells_and_asks_before_and_after_a_crash() => Run(async (cluster, client, handle) =>
    {
        cluster.Faults.Kill("server");
        handle.Ref.Tell(new Text("1"), ActorRefs.NoSender);
        Task<Text> first = handle.Ref.Ask<Text>(new Question("why"), Timeout.InfiniteTimeSpan);
        cluster.Faults.Restart("server");
        Assert.Equal("echo why", (await first).Value);
        cluster.Faults.Kill("server");
        await cluster.Delay(TimeSpan.FromSeconds(1));
        handle.Ref.Tell(new Text("2"), ActorRefs.NoSender);
        handle.Ref.Tell(new Text("3"), ActorRefs.NoSender);
        cluster.Faults.Restart("server");
        await cluster.Delay(TimeSpan.FromSeconds(20));

        Assert.Equal("echo how", (await handle.Ref.Ask<Text>(new Question("how"), Timeout.InfiniteTimeSpan)).Value);
        Assert.Equal(["1", "2", "3"], _told);
    });

    [Fact]
    public void An_actor_that_tells_a_request_gets_the_answer() => Run(async (cluster, client, handle) =>
    {
        List<object> heard = [];
        Hearer.In(client.ActorSystem, heard, (message, context) =>
        {
            if (message is "begin")
            {
                handle.Ref.Tell(new Question("why"), context.Self);
            }
            else
            {
                heard.Add(context.Sender);
            }
        }).Tell("begin");
        await cluster.Delay(TimeSpan.FromSeconds(5));

        Assert.Equal(["begin", new Text("echo why"), handle.Ref], heard);
    });

    [Fact]
    public void An_ask_without_a_connection_ends_typed() => Run(async (cluster, client, handle) =>
    {
        cluster.Faults.Kill("server");

        AskException timedOut = await Assert.ThrowsAsync<AskException>(
            () => handle.Ref.Ask<Text>(new Question("why"), Timeout.InfiniteTimeSpan));
        await Assert.ThrowsAsync<ArgumentException>(
            () => handle.Ref.Ask<object>("no message", Timeout.InfiniteTimeSpan));
        await handle.DisposeAsync();
        AskException closed = await Assert.ThrowsAsync<AskException>(
            () => handle.Ref.Ask<Text>(new Question("why"), Timeout.InfiniteTimeSpan));

        Assert.Equal((AskFailure.TimedOut, AskFailure.NotConnected), (timedOut.Reason, closed.Reason));
    });

    [Fact]
    public void A_notify_beyond_the_bound_becomes_a_dead_letter() => Run(async (cluster, client, handle) =>
    {
        List<object> heard = [];
        client.ActorSystem.EventStream.Subscribe(Hearer.In(client.ActorSystem, heard), typeof(Dropped));
        cluster.Faults.Kill("server");
        await using PeerHandle small = client.Peer(
            cluster["server"].Address, new PeerHandleOptions { Capacity = 3 });

        for (int number = 0; number < 5; number++)
        {
            small.Ref.Tell(new Text($"{number}"), ActorRefs.NoSender);
        }

        await cluster.Delay(TimeSpan.FromSeconds(1));
        int waiting = small.Waiting;
        cluster.Faults.Restart("server");
        await cluster.Delay(TimeSpan.FromSeconds(20));
        await small.DisposeAsync();
        small.Ref.Tell(new Text("late"), ActorRefs.NoSender);
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Dropped[] dropped = [.. heard.Cast<Dropped>()];
        Assert.Equal([new Text("3"), new Text("4"), new Text("late")], dropped.Select(letter => letter.Message));
        Assert.All(dropped, letter => Assert.Equal(small.Ref, letter.Recipient));
        Assert.Contains("QueueFull", dropped[0].Reason, StringComparison.Ordinal);
        Assert.Contains("NotConnected", dropped[2].Reason, StringComparison.Ordinal);
        Assert.Equal(3, waiting);
        Assert.Equal(["0", "1", "2"], _told);
    });

    [Fact]
    public void A_watcher_learns_of_the_end_of_the_handle_only() => Run(async (cluster, client, handle) =>
    {
        List<object> heard = [];
        IActorRef watcher = Watcher(client.ActorSystem, heard);
        watcher.Tell(handle.Ref);
        await handle.ConnectedAsync();
        cluster.Faults.Kill("server");
        await cluster.Delay(TimeSpan.FromSeconds(5));
        cluster.Faults.Restart("server");
        await handle.ConnectedAsync();
        handle.Ref.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        handle.Ref.Tell(Kill.Instance, ActorRefs.NoSender);
        client.ActorSystem.Stop(handle.Ref);
        await cluster.Delay(TimeSpan.FromSeconds(5));
        Assert.Equal((PeerHandleState.Connected, 1), (handle.State, heard.Count));

        await handle.DisposeAsync();
        Watcher(client.ActorSystem, heard).Tell(handle.Ref);
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal(
            [handle.Ref, handle.Ref], heard.OfType<Terminated>().Select(static terminated => terminated.ActorRef));
    });

    [Fact]
    public void A_watcher_learns_of_the_end_of_the_node() => Run(async (cluster, client, handle) =>
    {
        List<object> heard = [];
        Watcher(client.ActorSystem, heard).Tell(handle.Ref);
        await cluster.Delay(TimeSpan.FromSeconds(1));

        client.ActorSystem.Stop(client.Manager);
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.IsType<Terminated>(heard[^1]);
    });

    [Fact]
    public void The_manager_opens_and_closes_handles_for_actors() => Run(async (cluster, client, _) =>
    {
        PeerHandle handle = (await CommandAsync<P2P.HandleOpened>(
            client, new P2P.OpenHandle(cluster["server"].Address))).Handle;
        P2P.HandleTold told = await CommandAsync<P2P.HandleTold>(client, new P2P.TellHandle(handle, new Text("1")));
        Text answer = await CommandAsync<Text>(client, new P2P.AskHandle(handle, new Question("why")));
        await cluster.Delay(TimeSpan.FromSeconds(1));
        P2P.HandleClosed closed = await CommandAsync<P2P.HandleClosed>(client, new P2P.CloseHandle(handle));

        Assert.Equal((handle, handle), (told.Handle, closed.Handle));
        Assert.Equal("echo why", answer.Value);
        Assert.Equal(PeerHandleState.Closed, handle.State);
        Assert.Equal(["1"], _told);
        await Assert.ThrowsAsync<AskException>(
            () => CommandAsync<Text>(client, new P2P.AskHandle(handle, new Question("why"))));
        await Assert.ThrowsAsync<SendException>(
            () => CommandAsync<object>(client, new P2P.TellHandle(handle, new Text("2"))));
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => CommandAsync<object>(client, new P2P.CloseHandle(null!)));
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => CommandAsync<object>(client, new P2P.OpenHandle(null!)));
    });

    [Fact]
    public void A_repeatable_ask_of_an_actor_outlives_its_connection() => Run(async (cluster, client, handle) =>
    {
        await handle.ConnectedAsync();
        Task<Text> asked = CommandAsync<Text>(client, new P2P.AskHandle(
            handle, new Question("slowly"),
            new SendOptions { IsIdempotent = true, Timeout = TimeSpan.FromMinutes(5) }));
        await cluster.Delay(TimeSpan.FromSeconds(1));
        cluster.Faults.Kill("server");
        await cluster.Delay(TimeSpan.FromSeconds(1));
        cluster.Faults.Restart("server");

        Assert.Equal("echo slowly", (await asked).Value);
    });

    private static Task<T> CommandAsync<T>(P2PNode node, object command) =>
        node.Manager.Ask<T>(command, Timeout.InfiniteTimeSpan);

    private static IActorRef Watcher(ActorSystem system, List<object> heard) =>
        Hearer.In(system, heard, static (message, context) =>
    {
        if (message is IActorRef watched)
        {
            context.Watch(watched);
        }
    });

    private void Run(Func<Cluster, P2PNode, PeerHandle, Task> program) => Cluster.Of(["server", "client"])
        .Unlinked()
        .Where("server", protocol => protocol
            .OnNotify<Text>((text, _) => _told.Add(text.Value))
            .OnRequest<Question, Text>(async (question, context) =>
            {
                TimeSpan time = TimeSpan.FromSeconds(question.Value == "slowly" ? 10 : 0.1);
                await Task.Delay(time, context.Peer.Owner.TimeProvider, context.CancellationToken);
                return new Text($"echo {question.Value}");
            }))
        .Where("client", static protocol => protocol.UseMessage<Text>())
        .WithSettings("client", static options => options with { Listen = null })
        .Run(async cluster =>
        {
            await using PeerHandle handle = cluster["client"].Node.Peer(cluster["server"].Address);
            await program(cluster, cluster["client"].Node, handle);
        });
}
