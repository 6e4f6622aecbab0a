using Akka.Event;
using Akka.Actor.Dsl;

namespace ActorP2P.Determinism.Tests;

public sealed class TimerIdiomTests
{
    [Fact]
    public void A_single_timer_fires_once() => Idiom.Holds(async scene =>
    {
        Start(scene, timers => timers.StartSingleTimer("once", "once", TimeSpan.FromHours(1)));
        await scene.PassHours(10);
        Assert.Equal(["once at 3600"], scene.Said);
    });

    [Fact]
    public void A_periodic_timer_fires_until_it_is_cancelled() => Idiom.Holds(async scene =>
    {
        IActorRef actor = Start(scene, timers => timers.StartPeriodicTimer("tick", "tick", TimeSpan.FromHours(1)));
        await scene.PassHours(3.5);
        actor.Tell("cancel");
        await scene.PassHours(10);
        Assert.Equal(["tick at 3600", "tick at 7200", "tick at 10800"], scene.Said);
    });

    [Fact]
    public void A_periodic_timer_may_begin_late() => Idiom.Holds(async scene =>
    {
        Start(scene, timers => timers.StartPeriodicTimer(
            "tick", "tick", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)));
        await scene.PassSeconds(12.5);
        Assert.Equal(["tick at 10", "tick at 11", "tick at 12"], scene.Said);
    });

    [Fact]
    public void The_scheduler_tells_once() => Idiom.Holds(async scene =>
    {
        IActorRef listener = Listener(scene);
        scene.System.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), listener, "once", ActorRefs.NoSender);
        await scene.PassHours(3);
        Assert.Equal(["once at 3600"], scene.Said);
    });

    [Fact]
    public void The_scheduler_tells_repeatedly_until_cancelled() => Idiom.Holds(async scene =>
    {
        ICancelable cancelable = scene.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), Listener(scene), "tick", ActorRefs.NoSender);
        await scene.PassSeconds(6);
        cancelable.Cancel();
        await scene.PassSeconds(60);
        Assert.Equal(["tick at 1", "tick at 3", "tick at 5"], scene.Said);
    });

    [Fact]
    public void The_scheduler_runs_actions() => Idiom.Holds(async scene =>
    {
        scene.System.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromHours(1), () => scene.Say("action"));
        using Cancelable cancelable = new(scene.System.Scheduler);
        scene.System.Scheduler.Advanced.ScheduleRepeatedly(
            TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(25), () => scene.Say("again"), cancelable);
        await scene.PassHours(1.1);
        cancelable.Cancel();
        Assert.Equal(["again at 1500", "again at 3000", "action at 3600"], scene.Said);
    });

    [Fact]
    public void A_scheduled_action_that_throws_is_logged_and_ends() => Idiom.Holds(async scene =>
    {
        IActorRef listener = scene.System.ActorOf(
            act => act.Receive<Error>((error, _) => scene.Say(error.Cause.Message)));
        scene.System.EventStream.Subscribe(listener, typeof(Error));
        foreach (int seconds in new[] { 1, 2 })
        {
            scene.System.Scheduler.Advanced.ScheduleRepeatedly(
                TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(10), () => throw new DeliberateException("thrown"));
        }
        scene.System.Scheduler.Advanced.ScheduleOnce(
            TimeSpan.FromSeconds(3), () => throw new DeliberateException("thrown"));
        await scene.PassSeconds(60);
        Assert.Equal([1, 2, 3], scene.Said.Select(static said => said[^1] - '0'));
    });

    [Fact]
    public void A_cancelable_is_cancelled_after_virtual_time() => Idiom.Holds(async scene =>
    {
        using Cancelable cancelable = new(scene.System.Scheduler);
        cancelable.CancelAfter(TimeSpan.FromHours(1));
        cancelable.Token.Register(() => scene.Say("cancelled"));
        await scene.PassHours(2);
        Assert.Equal(["cancelled at 3600"], scene.Said);
    });

    [Fact]
    public void ReceiveTimeout_comes_after_silence() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf((act, context) =>
        {
            context.SetReceiveTimeout(TimeSpan.FromMinutes(10));
            act.Receive<ReceiveTimeout>((_, inner) =>
            {
                scene.Say("silence");
                inner.SetReceiveTimeout(null);
            });
            act.Receive<string>((_, _) => { });
        });
        await scene.Pass(TimeSpan.FromMinutes(5));
        actor.Tell("a word");
        await scene.PassHours(1);
        Assert.Equal(["silence at 900"], scene.Said);
    });

    [Fact]
    public void The_scheduler_shows_the_time_of_the_run() => Idiom.Holds(async scene =>
    {
        await scene.PassHours(24);
        Assert.Equal(SimulatedWorld.Start + TimeSpan.FromDays(1), scene.System.Scheduler.Now);
        Assert.Equal(TimeSpan.FromDays(1), scene.System.Scheduler.MonotonicClock);
    });

    private static IActorRef Listener(Scene scene) =>
        scene.System.ActorOf(act => act.Receive<string>((text, _) => scene.Say(text)));

    private static IActorRef Start(Scene scene, Action<ITimerScheduler> start)
    {
        IActorRef actor = scene.System.ActorOf(new Hooks
        {
            Receive = (message, self) =>
            {
                switch (message)
                {
                    case "start":
                        start(self.Timers);
                        break;
                    case "cancel":
                        self.Timers.CancelAll();
                        break;
                    default:
                        scene.Say(message);
                        break;
                }
            },
        }.ToProps());
        actor.Tell("start");
        return actor;
    }
}
