namespace ActorP2P.Actors.Tests.Simulation;

public sealed class NodeFaultTests : SimulatedTest
{
    [Fact]
    public void A_crashed_node_runs_no_actor_timer_or_hook_any_more()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks
        {
            PostStop = () => Said.Add("PostStop"),
            Receive = (message, self) =>
            {
                Said.Add($"{message}");
                self.Timers.StartPeriodicTimer("k", "tick", TimeSpan.FromSeconds(1));
            },
        }.ToProps());
        actor.Tell("go");
        Scheduler.RunFor(TimeSpan.FromMilliseconds(1500));
        Scheduler.Crash(0);
        actor.Tell("into the void");
        Scheduler.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal(["go", "tick"], Said);
    }

    [Fact]
    public void A_node_that_comes_back_after_a_crash_works_under_the_same_number()
    {
        NewSystem();
        Scheduler.Crash(0);
        ActorSystem second = NewSystem();
        IActorRef actor = second.ActorOf(new Hooks { Receive = (message, _) => Said.Add($"{message}") }.ToProps());
        actor.Tell("again");
        Scheduler.RunToQuiescence();
        Assert.Equal(["again"], Said);
        Assert.Equal(1, second.Incarnation);
    }

    [Fact]
    public void A_fast_clock_fires_its_timers_early_and_shows_a_later_time()
    {
        ActorSystem system = NewSystem();
        Scheduler.SetClock(0, TimeSpan.FromMinutes(5), rate: 2);
        DateTimeOffset before = system.TimeProvider.GetUtcNow();
        TimeSpan fired = TimeSpan.Zero;
        using ITimer timer = system.TimeProvider.CreateTimer(
            _ => fired = Scheduler.Now, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        Scheduler.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(5), fired);
        Assert.Equal(DeterministicScheduler.Start + TimeSpan.FromMinutes(5), before);
        Assert.Equal(TimeSpan.FromSeconds(40), system.TimeProvider.GetUtcNow() - before);
    }
}
