using Akka.Pattern;
using Akka.Routing;

namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class ActorTests : KitTest
{
    [Fact]
    public void A_receive_timeout_comes_in_virtual_time()
    {
        Sys.ActorOf(Props.Create(() => new IdleActor(TestActor, Minutes(20))));
        ExpectMsg("idle", Hour);
        Assert.Equal(Minutes(20), Time);
    }

    [Fact]
    public void A_periodic_timer_ticks_3600_times_in_an_hour()
    {
        IActorRef ticking = Sys.ActorOf(Props.Create(() => new TickingActor(Seconds(1))));
        Advance(Hour);
        ticking.Tell("how many");
        ExpectMsg(3600);
    }

    [Fact]
    public void A_supervisor_with_backoff_starts_its_child_again()
    {
        Props child = Props.Create(() => new FailingActor(TestActor));
        IActorRef supervisor = Sys.ActorOf(BackoffSupervisor.Props(
            Backoff.OnFailure(child, "child", Seconds(10), Minutes(5), 0, -1)));
        ExpectMsg("started");
        supervisor.Tell("fail");
        ExpectMsg("started", Minutes(1));
        Assert.Equal(Seconds(10), Time);
        supervisor.Tell("fail");
        ExpectMsg("started", Minutes(1));
        Assert.Equal(Seconds(30), Time);
    }

    [Fact]
    public void A_supervisor_with_backoff_resets_after_a_while()
    {
        Props child = Props.Create(() => new FailingActor(TestActor));
        IActorRef supervisor = Sys.ActorOf(BackoffSupervisor.Props(
            Backoff.OnFailure(child, "child", Seconds(10), Minutes(5), 0, -1).WithAutoReset(Minutes(1))));
        ExpectMsg("started");
        supervisor.Tell("fail");
        ExpectMsg("started", Minutes(1));
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        Assert.Equal(1, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
        Advance(Minutes(2));
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        Assert.Equal(0, ExpectMsg<BackoffSupervisor.RestartCount>().Count);
    }

    [Fact]
    public void A_router_reaches_all_its_routees()
    {
        IActorRef router = Sys.ActorOf(Props.Create(() => new EchoActor()).WithRouter(new BroadcastPool(4)));
        router.Tell("x");
        ReceiveN(4, Seconds(1));
    }

    [Fact]
    public void A_circuit_breaker_opens_and_half_opens_in_virtual_time()
    {
        CircuitBreaker breaker = new(Sys.Scheduler, 1, Seconds(10), Minutes(1));
        Assert.Throws<InvalidOperationException>(() => breaker.WithSyncCircuitBreaker(() =>
            throw new InvalidOperationException()));
        Assert.Throws<OpenCircuitException>(() => breaker.WithSyncCircuitBreaker(() => { }));
        Advance(Minutes(2));
        breaker.WithSyncCircuitBreaker(() => { });
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public void The_test_ends_with_its_system_though_an_actor_awaits()
    {
        Works((_, _) => Task.Delay(Hour, World.TimeProvider)).Tell("x");
        Advance(Minutes(1));
        Shutdown(Seconds(5), verifySystemShutdown: true);
        Assert.True(Sys.WhenTerminated.IsCompleted);
        Assert.Equal(Minutes(1), Time);
    }

    [Fact]
    public void Two_actors_that_never_rest_do_not_hold_up_the_test()
    {
        IActorRef first = Does((message, context) => context.Sender.Tell(message));
        IActorRef second = Does((message, context) => context.Sender.Tell(message));
        first.Tell("ball", second);
        Echo().Tell("x");
        ExpectMsg("x");
    }

    [Fact]
    public async Task A_further_kit_may_share_the_world()
    {
        SimulatedTestKit other = new(CreateSystem("other"));
        Later(Minutes(5), "x", other.TestActor);
        await Task.Yield();
        Assert.Equal("x", await other.ExpectMsgAsync<string>(Hour));
        other.Dispose();
        await Task.Delay(Minutes(5));
        Assert.Equal(Minutes(10), Time);
    }

    [Fact]
    public void A_further_system_lives_in_the_same_time()
    {
        ActorSystem other = CreateSystem("other");
        other.Scheduler.ScheduleTellOnce(Minutes(5), TestActor, "x", ActorRefs.NoSender);
        ExpectMsg("x", Hour);
        Assert.Equal(Minutes(5), Time);
    }
}
