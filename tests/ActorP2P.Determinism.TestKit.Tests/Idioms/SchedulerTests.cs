using Akka.Configuration;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Schedulers that a test chooses or makes.</summary>
public sealed class SchedulerTests : KitTest
{
    private static readonly Config s_byHand = ConfigurationFactory.ParseString(
        """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """);

    public SchedulerTests()
        : base(CreateSystem(CreateWorld(), "by-hand", s_byHand))
    {
    }

    [Fact]
    public void Akkas_TestScheduler_is_moved_by_the_test_alone()
    {
        var scheduler = (TestScheduler)Sys.Scheduler;
        scheduler.ScheduleTellOnce(Minutes(5), TestActor, "later", ActorRefs.NoSender);
        ExpectNoMsg(Hour);
        scheduler.Advance(Minutes(4));
        ExpectNoMsg(Hour);
        scheduler.Advance(Minutes(1));
        ExpectMsg("later");
    }

    [Fact]
    public void A_ReceiveTimeout_goes_by_Akkas_TestScheduler()
    {
        IActorRef actor = Does((message, context) =>
        {
            context.SetReceiveTimeout(Minutes(1));
            TestActor.Tell(message);
        });
        actor.Tell("begin");
        ExpectMsg("begin");
        ExpectNoMsg(Hour);
        ((TestScheduler)Sys.Scheduler).Advance(Minutes(1));
        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void A_timer_scheduler_of_ones_own_goes_by_virtual_time()
    {
        using (SimulatedTimerScheduler own = new(Sys.Settings.Config, Sys.Log))
        {
            IScheduler scheduler = own;
            scheduler.ScheduleTellOnce(Minutes(5), TestActor, "told", ActorRefs.NoSender);
            scheduler.Advanced.ScheduleRepeatedly(Minutes(1), Minutes(7), () => TestActor.Tell(Time.ToString()));
            Assert.Equal("00:01:00", ExpectMsg<string>(Hour));
            ExpectMsg("told", Hour);
            Assert.Equal(Minutes(5), Time);
            Assert.Equal("00:08:00", ExpectMsg<string>(Hour));
            own.Dispose();
            Assert.Throws<SchedulerException>(() => scheduler.ScheduleTellOnce(Hour, TestActor, "x", TestActor));
        }
        ExpectNoMsg(Hour);
    }
}
