namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>What the generator intercepts, in a test that is in no simulation.</summary>
public sealed class RealCallTests
{
    [Fact]
    public async Task ActorSystem_Create_makes_a_real_system()
    {
        ActorSystem system = ActorSystem.Create("real");
        Assert.Null(SimulatedSystem.WorldOf(system));
        await system.Terminate();
    }

    [Fact]
    public void Waits_outside_of_a_simulation_are_real()
    {
        using ManualResetEventSlim set = new(true);
        using CountdownEvent unset = new(1);
        Assert.True(set.Wait(0) && !unset.Wait(0));
    }

    [Fact]
    public void A_timer_scheduler_of_the_kit_belongs_to_a_simulation()
    {
        SimulatedWorld world = new(1);
        ActorSystem system = SimulatedSystem.Create(world, "one");
        Assert.Throws<InvalidOperationException>(() => new SimulatedTimerScheduler(system.Settings.Config, system.Log));
    }
}
