using Akka.Event;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class EventFilterTests : KitTest
{
    [Fact]
    public void An_error_is_waited_for()
    {
        IActorRef failing = Failing();
        EventFilter.Exception<InvalidOperationException>("boom").ExpectOne(() => failing.Tell("fail"));
        ExpectMsg("restarted");
    }

    [Fact]
    public void Several_filters_count_together()
    {
        IActorRef failing = Failing();
        EventFilter.Error(contains: "boom").And.Warning(start: "careful").Expect(2, Minutes(1), () =>
        {
            failing.Tell("fail");
            Later(Seconds(50), "warn", failing);
        });
        Assert.Equal(Seconds(50), Time);
    }

    [Fact]
    public void Expecting_no_event_takes_the_whole_time()
    {
        EventFilter.Info("nothing").Expect(0, Minutes(3), () => { });
        Assert.Equal(Minutes(3), Time);
    }

    [Fact]
    public void Too_few_and_too_many_events_fail()
    {
        Assert.Contains("Only received 0/1", Failure(() => EventFilter.Error("none").ExpectOne(Minutes(2), () => { })));
        Assert.Contains("Received 1 message too many", Failure(() => EventFilter.Error("e").ExpectOne(() =>
        {
            Log.Error("e");
            Log.Error("e");
        })));
    }

    [Fact]
    public void A_dead_letter_is_seen() => EventFilter.DeadLetter<int>().ExpectOne(() => Sys.DeadLetters.Tell(1));

    [Fact]
    public async Task An_asynchronous_block_may_await()
    {
        IActorRef failing = Failing();
        await EventFilter.Warning("careful now").ExpectOneAsync(async () =>
        {
            await Task.Delay(Minutes(1), World.TimeProvider);
            failing.Tell("warn");
        });
        Assert.Equal(Minutes(1), Time);
    }

    [Fact]
    public void The_timeout_begins_after_the_block() => EventFilter.Error("e").ExpectOne(Minutes(1), () =>
    {
        Advance(Hour);
        Sys.Scheduler.Advanced.ScheduleOnce(Seconds(50), () => Log.Error("e"));
    });

    [Fact]
    public void Filters_of_another_system_see_its_events()
    {
        ActorSystem other = CreateSystem("other");
        CreateEventFilter(other).Error("e").ExpectOne(() => other.Log.Error("e"));
    }

    private IActorRef Failing()
    {
        IActorRef failing = Sys.ActorOf(Props.Create(() => new FailingActor(TestActor)));
        ExpectMsg("started");
        return failing;
    }
}
