using System.Diagnostics;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Akka's names, used in a class that derives from the kit.</summary>
public sealed class NameTests : KitTest
{
    [Fact]
    public void A_TestProbe_waits_for_several_messages_in_virtual_time()
    {
        TestProbe probe = CreateTestProbe();
        TestProbe second = probe.CreateTestProbe();
        Later(Minutes(10), "first", probe);
        Later(Minutes(20), "second", probe);
        Later(Minutes(30), "third", second);

        Assert.Equal(["first", "second"], probe.ReceiveN(2, Hour));
        second.ExpectMsg("third", Hour);
        Assert.Equal(Minutes(30), Time);
    }

    [Fact]
    public void An_actor_waits_for_a_TestLatch_in_virtual_time()
    {
        TestLatch latch = CreateTestLatch();
        TestLatch second = new(1);
        Later(Minutes(10), "go", Does((_, _) => latch.CountDown()));
        Later(Minutes(20), "go", Does((_, _) => second.CountDown()));
        Does((_, context) =>
        {
            latch.Ready(Hour);
            second.Ready(Hour);
            context.Sender.Tell("open");
        }).Tell("wait", TestActor);

        ExpectMsg("open", Hour);
        Assert.Equal(Minutes(20), Time);
    }

    [Fact]
    public void A_Stopwatch_measures_virtual_time()
    {
        Stopwatch watch = Stopwatch.StartNew();
        Advance(Hour);
        Assert.Equal(Hour, watch.Elapsed);
    }

    [Fact]
    public void A_scheduler_of_its_own_is_in_virtual_time()
    {
        using HashedWheelTimerScheduler scheduler = new(Sys.Settings.Config, Sys.Log);
        ((IScheduler)scheduler).ScheduleTellOnce(Minutes(10), TestActor, "due", ActorRefs.NoSender);
        ExpectMsg("due", Hour);
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public void An_own_WaitOne_may_call_the_one_it_overrides()
    {
        using Gate gate = new();
        Assert.True(gate.WaitOne());
    }

    private sealed class Gate() : EventWaitHandle(initialState: true, EventResetMode.ManualReset)
    {
        public override bool WaitOne() => base.WaitOne();
    }
}
