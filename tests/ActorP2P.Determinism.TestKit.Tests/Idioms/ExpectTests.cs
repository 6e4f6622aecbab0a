namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class ExpectTests : KitTest
{
    [Fact]
    public void The_test_actor_is_the_implicit_sender()
    {
        Echo().Tell("a");
        Assert.Equal("a", ExpectMsg<string>());
        Assert.Equal(TimeSpan.Zero, Time);
    }

    [Fact]
    public void Each_form_of_ExpectMsg_judges_a_message()
    {
        IActorRef echo = Echo();
        for (int number = 0; number < 6; number++)
        {
            echo.Tell(number);
        }
        Assert.Equal(0, ExpectMsg<int>());
        Assert.Equal(1, ExpectMsg(1));
        Assert.Equal(2, ExpectMsg<int>(number => number > 1));
        Assert.Equal(3, ExpectMsg<int>(number => Assert.Equal(3, number)));
        Assert.Equal(4, ExpectMsg<int>((_, sender) => sender.Equals(echo)));
        Assert.Equal(5, ExpectMsgFrom<int>(echo));
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public void A_message_in_thirty_minutes_takes_thirty_minutes()
    {
        Later(Minutes(30), "late");
        Assert.Equal("late", ExpectMsg<string>(Hour));
        Assert.Equal(Minutes(30), Time);
    }

    [Fact]
    public void A_wait_fails_at_its_deadline_and_not_later()
    {
        Later(Minutes(30), "late");
        Assert.Contains("Timeout 00:29:00 while waiting for a message of type System.String", Failure(() =>
            ExpectMsg<string>(Minutes(29))));
        Assert.Equal(Minutes(29), Time);
        ExpectMsg("late", Minutes(1));
    }

    [Fact]
    public void The_default_timeout_is_three_virtual_seconds()
    {
        Failure(() => ExpectMsg<string>());
        Assert.Equal(Seconds(3), Time);
    }

    [Fact]
    public void A_message_of_another_type_fails_the_wait()
    {
        TestActor.Tell(1);
        Failure(() => ExpectMsg<string>());
    }

    [Fact]
    public void ExpectNoMsg_takes_all_of_its_time()
    {
        ExpectNoMsg(Hour);
        ExpectNoMsg(500);
        Assert.Equal(Hour + Seconds(0.5), Time);
    }

    [Fact]
    public void ExpectNoMsg_fails_when_the_message_comes()
    {
        Later(Minutes(5), "x");
        Assert.Contains("instead we received x after 00:05:00", Failure(() => ExpectNoMsg(Hour)));
    }

    [Fact]
    public void A_hundred_days_pass_as_soon_as_an_hour()
    {
        ExpectNoMsg(TimeSpan.FromDays(100));
        Assert.Equal(TimeSpan.FromDays(100), Time);
    }

    [Fact]
    public void An_infinite_wait_ends_with_the_message()
    {
        Later(TimeSpan.FromDays(3), "x");
        Assert.Equal("x", ExpectMsg<string>(Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void An_infinite_wait_for_nothing_fails()
    {
        WaitLimit = TimeSpan.FromDays(1);
        Assert.Contains("waits for something that never happens", Assert.Throws<SimulationException>(() =>
            ExpectMsg<string>(Timeout.InfiniteTimeSpan)).Message);
    }

    [Fact]
    public void The_end_of_a_watched_actor_is_expected()
    {
        IActorRef echo = Echo();
        Watch(echo);
        Later(Minutes(10), PoisonPill.Instance, echo);
        ExpectTerminated(echo, Hour);
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public void The_end_of_an_unwatched_actor_is_not_reported()
    {
        IActorRef echo = Echo();
        Watch(echo);
        Unwatch(echo);
        Sys.Stop(echo);
        ExpectNoMsg(Hour);
    }

    [Fact]
    public void Peeking_leaves_the_message()
    {
        Later(Minutes(1), "x");
        Assert.Equal("x", PeekOne(Hour));
        Assert.True(TryReceiveOne(out Akka.TestKit.MessageEnvelope envelope, Hour));
        Assert.Equal("x", envelope.Message);
        Assert.False(TryReceiveOne(out _, Minutes(1)));
        Assert.Equal(Minutes(2), Time);
    }

    [Fact]
    public void A_cancelled_wait_ends()
    {
        using CancellationTokenSource cancelled = new();
        Sys.Scheduler.Advanced.ScheduleOnce(Minutes(1), cancelled.Cancel);
        Assert.Throws<OperationCanceledException>(() => ExpectMsg<string>(Hour, null, cancelled.Token));
        Assert.Equal(Minutes(1), Time);
    }
}
