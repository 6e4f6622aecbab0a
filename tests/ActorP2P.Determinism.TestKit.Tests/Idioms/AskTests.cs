namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class AskTests : KitTest
{
    [Fact]
    public void An_actor_asks_another()
    {
        Sys.ActorOf(Props.Create(() => new AskingActor(Echo(null), null))).Tell("ask");
        ExpectMsg("got question");
    }

    [Fact]
    public void A_finite_timeout_in_an_actor_is_virtual()
    {
        Sys.ActorOf(Props.Create(() => new AskingActor(CreateTestProbe(null), Minutes(20)))).Tell("ask");
        ExpectMsg("no answer", Hour);
        Assert.Equal(Minutes(20), Time);
    }

    [Fact]
    public void A_finite_timeout_that_is_not_reached_costs_no_time()
    {
        Sys.ActorOf(Props.Create(() => new AskingActor(Echo(null), Minutes(20)))).Tell("ask");
        ExpectMsg("got question");
        Assert.Equal(TimeSpan.Zero, Time);
    }

    [Fact]
    public void The_test_asks_and_lets_the_world_run()
    {
        Assert.Equal("hello", Await(Echo().Ask<string>("hello")));
        Assert.Throws<TimeoutException>(() => Await(CreateTestProbe().Ref.Ask<string>("x"), Minutes(10)));
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public async Task The_test_asks_and_awaits()
    {
        Assert.Equal("one", await Echo().Ask<string>("one"));
        Assert.Equal("two", await Echo().Ask<string>("two").ConfigureAwait(true));
        await Assert.ThrowsAsync<AskTimeoutException>(() => CreateTestProbe().Ref.Ask<string>("x", Minutes(10)));
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public async Task An_ask_without_context_comes_back()
    {
#pragma warning disable xUnit1030 // The test proves that the await returns to the simulation nevertheless.
        Assert.Equal("one", await Echo().Ask<string>("one", Minutes(1)).ConfigureAwait(false));
#pragma warning restore xUnit1030
        Echo().Tell("two", TestActor);
        Assert.Equal("two", ExpectMsg<string>());
    }

    [Fact]
    public void A_cancelled_ask_ends()
    {
        using CancellationTokenSource cancelled = new();
        Sys.Scheduler.Advanced.ScheduleOnce(Minutes(2), cancelled.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Await(CreateTestProbe().Ref.Ask<string>("x", cancelled.Token)));
        Assert.Equal(Minutes(2), Time);
    }

    [Fact]
    public void GracefulStop_ends_with_the_actor_or_in_time()
    {
        Assert.True(Await(Echo().GracefulStop(Minutes(1))));
        IActorRef busy = Works((_, _) => Task.Delay(Hour, World.TimeProvider));
        busy.Tell("x");
        Assert.False(Await(busy.GracefulStop(Minutes(5))));
        Assert.Equal(Minutes(5), Time);
    }

    [Fact]
    public void Many_answers_to_one_ask_come_in_order()
    {
        IActorRef answering = Does((_, context) =>
        {
            for (int number = 0; number < 10; number++)
            {
                context.Sender.Tell(number);
            }
        });
        Assert.Equal(0, Await(answering.Ask<int>("x")));
    }

    [Fact]
    public void A_selection_is_resolved()
    {
        IActorRef echo = Echo("known");
        Assert.Equal(echo, Await(Sys.ActorSelection("/user/known").ResolveOne(Seconds(5))));
        Assert.Throws<ActorNotFoundException>(() => Await(Sys.ActorSelection("/user/unknown").ResolveOne(Seconds(5))));
    }
}
