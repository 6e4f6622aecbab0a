using Akka.Actor.Dsl;
using Akka.Configuration;

namespace ActorP2P.Determinism.Tests;

/// <summary>How actors and actor systems end, and which watchers are informed.</summary>
public sealed class LifeIdiomTests
{
    [Fact]
    public void Watch_reports_a_stop() => Idiom.Holds(async scene =>
    {
        IActorRef watched = Idle(scene, "watched");
        scene.System.ActorOf((act, context) =>
        {
            context.Watch(watched);
            act.Receive<Terminated>((ended, _) => scene.Say(ended.ActorRef.Path.Name));
        });
        await scene.PassHours(1);
        watched.Tell(PoisonPill.Instance);
        await scene.PassHours(1);
        Assert.Equal(["watched at 3600"], scene.Said);
    });

    [Fact]
    public void WatchWith_sends_its_own_message() => Idiom.Holds(async scene =>
    {
        IActorRef watched = Idle(scene, "watched");
        scene.System.ActorOf((act, context) =>
        {
            context.WatchWith(watched, "gone");
            act.Receive<string>((text, _) => scene.Say(text));
        });
        await scene.PassHours(1);
        watched.Tell(Kill.Instance);
        await scene.PassHours(1);
        Assert.Equal(["gone at 3600"], scene.Said);
    });

    [Fact]
    public void Unwatch_prevents_Terminated() => Idiom.Holds(async scene =>
    {
        IActorRef watched = Idle(scene, "watched");
        scene.System.ActorOf((act, context) =>
        {
            context.Watch(watched);
            context.Unwatch(watched);
            act.ReceiveAny((message, _) => scene.Say(message));
        });
        await scene.PassHours(1);
        scene.System.Stop(watched);
        await scene.PassHours(1);
        Assert.Empty(scene.Said);
    });

    [Fact]
    public void WatchAsync_ends_with_its_actor() => Idiom.Holds(async scene =>
    {
        IActorRef watched = Idle(scene, "watched");
        Task ended = watched.WatchAsync();
        await scene.PassHours(1);
        Assert.False(ended.IsCompleted);
        scene.System.Stop(watched);
        await ended;
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void GracefulStop_without_a_limit_waits() => Idiom.Holds(async scene =>
    {
        IActorRef busy = scene.System.ActorOf(act => act.ReceiveAsync<int>(
            async (_, _) => await Task.Delay(TimeSpan.FromHours(1), scene.Time)));
        busy.Tell(1);
        await scene.PassSeconds(1);
        Assert.True(await busy.GracefulStop(Timeout.InfiniteTimeSpan));
        Assert.Equal(TimeSpan.FromHours(1), scene.Now);
    });

    [Fact]
    public void GracefulStop_with_a_limit_is_reported() => Idiom.Leaks(
        async scene => await Idle(scene, "idle").GracefulStop(TimeSpan.FromSeconds(5)),
        nameof(GracefulStop_with_a_limit_is_reported));

    [Fact]
    public void GracefulStop_is_limited_by_WaitAsync_on_the_clock() => Idiom.Holds(async scene =>
    {
        IActorRef busy = scene.System.ActorOf(act => act.ReceiveAsync<int>(
            async (_, _) => await Task.Delay(TimeSpan.FromDays(1), scene.Time)));
        busy.Tell(1);
        await scene.PassSeconds(1);
        await Assert.ThrowsAsync<TimeoutException>(() => busy.GracefulStop(Timeout.InfiniteTimeSpan)
            .WaitAsync(TimeSpan.FromHours(1), scene.World.TimeProvider));
        Assert.Equal(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1), scene.Now);
    });

    [Fact]
    public void Children_stop_before_their_parent() => Idiom.Holds(async scene =>
    {
        IActorRef parent = scene.System.ActorOf((act, context) =>
        {
            act.OnPostStop = _ => scene.Say("parent");
            context.ActorOf(child => child.OnPostStop = _ => scene.Say("child"));
        });
        await parent.GracefulStop(Timeout.InfiniteTimeSpan);
        Assert.Equal(["child at 0", "parent at 0"], scene.Said);
    });

    [Fact]
    public void Terminate_stops_everything_and_ends() => Idiom.Holds(async scene =>
    {
        scene.System.ActorOf(act => act.OnPostStop = _ => scene.Say("stopped"));
        await scene.PassHours(1);
        await scene.System.Terminate();
        await scene.System.WhenTerminated;
        Assert.Equal(["stopped at 3600"], scene.Said);
    });

    [Fact]
    public void RegisterOnTermination_is_called() => Idiom.Holds(async scene =>
    {
        scene.System.RegisterOnTermination(() => scene.Say("ended"));
        await scene.System.Terminate();
        await scene.PassSeconds(1);
        Assert.Equal(["ended at 0"], scene.Said);
    });

    [Fact]
    public void CoordinatedShutdown_runs_its_phases_in_order() => Idiom.Holds(async scene =>
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(scene.System);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "last", () => Step("last"));
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "first", () => Step("first"));
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        Assert.Equal(["first at 3", "last at 6"], scene.Said);

        async Task<Akka.Done> Step(string name)
        {
            await Task.Delay(TimeSpan.FromSeconds(3), scene.Time);
            scene.Say(name);
            return Akka.Done.Instance;
        }
    });

    [Fact]
    public void CoordinatedShutdown_gives_up_a_phase_in_virtual_time() => Idiom.Holds(async scene =>
    {
        CoordinatedShutdown shutdown = CoordinatedShutdown.Get(scene.System);
        shutdown.AddTask(
            CoordinatedShutdown.PhaseServiceUnbind, "never", () => new TaskCompletionSource<Akka.Done>().Task);
        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
        Assert.Equal(TimeSpan.FromSeconds(5), scene.Now);
    });

    [Fact]
    public void CoordinatedShutdown_by_Terminate_may_be_asked_for() => Idiom.Holds(
        async scene =>
        {
            CoordinatedShutdown.Get(scene.System).AddTask(CoordinatedShutdown.PhaseServiceStop, "task", () =>
            {
                scene.Say("task");
                return Task.FromResult(Akka.Done.Instance);
            });
            await scene.System.Terminate();
            Assert.Equal(["task at 0"], scene.Said);
        },
        new SimulatedSystemOptions
        {
            Config = ConfigurationFactory.ParseString("akka.coordinated-shutdown.run-by-actor-system-terminate = on"),
        });

    [Fact]
    public void Inbox_receives_asynchronously() => Idiom.Holds(async scene =>
    {
        Inbox inbox = Inbox.Create(scene.System);
        IActorRef echo = scene.System.ActorOf(act => act.ReceiveAny((message, context) =>
            context.System.Scheduler.ScheduleTellOnce(
                    TimeSpan.FromSeconds(3), context.Sender, message, context.Self)));
        inbox.Send(echo, "hello");
        Assert.Equal("hello", await inbox.ReceiveAsync());
        Assert.Equal(TimeSpan.FromSeconds(3), scene.Now);
    });

    [Fact]
    public void Inbox_receives_nothing_within_its_limit() => Idiom.Holds(async scene =>
    {
        Inbox inbox = Inbox.Create(scene.System);
        await Assert.ThrowsAsync<TimeoutException>(() => inbox.ReceiveAsync(TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromHours(1) + TimeSpan.FromTicks(1), scene.Now);
    });

    [Fact]
    public void An_ActorSelection_tells_all_that_match() => Idiom.Holds(async scene =>
    {
        foreach (string name in new[] { "a1", "a2", "b1" })
        {
            scene.System.ActorOf(act => act.ReceiveAny((_, _) => scene.Say(name)), name);
        }
        scene.System.ActorSelection("/user/a*").Tell("hello");
        await scene.PassSeconds(1);
        Assert.Equal(["a1 at 0", "a2 at 0"], scene.Said.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void ResolveOne_without_a_limit_finds_an_actor() => Idiom.Holds(async scene =>
    {
        IActorRef actor = Idle(scene, "here");
        Assert.Equal(actor, await scene.System.ActorSelection("/user/here").ResolveOne(Timeout.InfiniteTimeSpan));
        await Assert.ThrowsAsync<ActorNotFoundException>(
            () => scene.System.ActorSelection("/user/nobody").ResolveOne(Timeout.InfiniteTimeSpan));
    });

    [Fact]
    public void ResolveOne_with_a_limit_is_reported() => Idiom.Leaks(
        async scene => await scene.System.ActorSelection("/user").ResolveOne(TimeSpan.FromSeconds(1)),
        nameof(ResolveOne_with_a_limit_is_reported));

    private static IActorRef Idle(Scene scene, string name) =>
        scene.System.ActorOf(act => act.ReceiveAny((_, _) => { }), name);
}
