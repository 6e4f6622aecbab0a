namespace ActorP2P.Determinism.Tests;

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
        World.RunFor(TimeSpan.FromMilliseconds(1500));
        World.Crash(0);
        actor.Tell("into the void");
        World.RunFor(TimeSpan.FromSeconds(10));
        Assert.Equal(["go", "tick"], Said);
    }

    [Fact]
    public void A_node_works_under_the_same_number_after_a_crash()
    {
        NewSystem();
        World.Crash(0);
        ActorSystem second = NewSystem();
        IActorRef actor = second.ActorOf(new Hooks { Receive = (message, _) => Said.Add($"{message}") }.ToProps());
        actor.Tell("again");
        World.RunToQuiescence();
        Assert.Equal(["again"], Said);
    }

    [Fact]
    public void A_fast_clock_fires_its_timers_early_and_shows_a_later_time()
    {
        World.SetClock(0, TimeSpan.FromMinutes(5), rate: 2);
        DateTimeOffset before = World.TimeProviderOf(0).GetUtcNow();
        TimeSpan fired = TimeSpan.Zero;
        using ITimer timer = World.TimeProviderOf(0).CreateTimer(
            _ => fired = World.Now, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        World.RunFor(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(5), fired);
        Assert.Equal(SimulatedWorld.Start + TimeSpan.FromMinutes(5), before);
        Assert.Equal(TimeSpan.FromSeconds(40), World.TimeProviderOf(0).GetUtcNow() - before);
    }
}
