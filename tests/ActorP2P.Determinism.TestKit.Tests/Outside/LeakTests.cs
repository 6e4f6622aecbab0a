namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class LeakTests : KitTest
{
    [Fact]
    public void Work_given_to_the_pool_directly_fails_with_its_stack()
    {
        Does((_, _) => ThreadPool.QueueUserWorkItem(_ => { })).Tell("x");
        SimulationLeakException leak = Assert.Throws<SimulationLeakException>(() => ExpectMsg<string>());
        Assert.Contains(nameof(Work_given_to_the_pool_directly_fails_with_its_stack), leak.Origin);
    }

    [Fact]
    public void A_foreign_thread_is_refused()
    {
        IActorRef echo = Echo();
        Advance(Seconds(1));
#pragma warning disable AP2P0007 // The test needs a real thread.
        Thread foreign = new(() => echo.Tell("x"));
#pragma warning restore AP2P0007
        foreign.Start();
        foreign.Join();
        Assert.Contains("foreign thread", Assert.Throws<SimulationLeakException>(() => Advance(Seconds(1))).Message);
    }

    /// <summary>An exception on this thread would have no handler and would end the process.</summary>
    [Fact]
    public void A_foreign_thread_that_schedules_fails_the_test_alone()
    {
        IScheduler scheduler = Sys.Scheduler;
#pragma warning disable AP2P0007 // The test needs a real thread.
        Thread foreign = new(() => scheduler.ScheduleTellOnce(Hour, TestActor, "x", TestActor));
#pragma warning restore AP2P0007
        foreign.Start();
        foreign.Join();
        SimulationLeakException leak = Assert.Throws<SimulationLeakException>(() => Advance(Seconds(1)));
        Assert.Contains(nameof(A_foreign_thread_that_schedules_fails_the_test_alone), leak.Origin);
        ExpectNoMsg(Hour + Hour);
    }
}
