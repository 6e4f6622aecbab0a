namespace ActorP2P.Determinism.Tests;

public sealed class KillTests
{
    [Fact]
    public void A_killed_node_runs_nothing_and_its_number_can_return()
    {
        SimulatedWorld world = new(1);
        List<string> heard = [];
        world.SynchronizationContextOf(0).Post(_ => _ = TickAsync("first"), null);
        world.RunFor(TimeSpan.FromSeconds(3.5));

        world.Crash(0);
        world.RunFor(TimeSpan.FromSeconds(10));
        world.SynchronizationContextOf(0).Post(_ => _ = TickAsync("second"), null);
        world.RunFor(TimeSpan.FromSeconds(1.5));

        Assert.Equal(["first", "first", "first", "second"], heard);

        async Task TickAsync(string name)
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProviderOf(0));
                heard.Add(name);
            }
        }
    }

    [Fact]
    public void A_fast_clock_fires_timers_earlier_without_jumps()
    {
        SimulatedWorld world = new(1);
        TimeProvider clock = world.TimeProviderOf(0);
        world.RunFor(TimeSpan.FromSeconds(10));

        world.SetClock(0, TimeSpan.FromHours(1), rate: 2);
        DateTimeOffset before = clock.GetUtcNow();
        TimeSpan? fired = null;
        using ITimer timer = clock.CreateTimer(_ => fired = world.Now, null, TimeSpan.FromSeconds(10),
            Timeout.InfiniteTimeSpan);
        world.RunFor(TimeSpan.FromSeconds(10));

        Assert.Equal(SimulatedWorld.Start + TimeSpan.FromSeconds(10) + TimeSpan.FromHours(1), before);
        Assert.Equal(before + TimeSpan.FromSeconds(20), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(15), fired);
    }
}
