using System.Runtime.CompilerServices;
using ActorP2P.Actors.Tests.Conformance;

namespace ActorP2P.Actors.Tests.BadInput;

public sealed class FailingHookTests : SimulatedTest
{
    [Fact]
    public void An_exception_in_PreStart_stops_the_actor()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks { PreStart = () => throw new Boom("start") }.ToProps());
        Assert.True(Scheduler.Run(() => actor.GracefulStop(TimeSpan.FromSeconds(1)), TimeSpan.FromMinutes(1)));
        Assert.Equal(TimeSpan.Zero, Scheduler.Now);
    }

    [Fact]
    public void An_exception_in_PostStop_is_logged_and_the_actor_ends_all_the_same()
    {
        ActorSystem system = NewSystem();
        Listen<Error>(system, error => $"{error.Message}: {error.Cause!.Message}");
        IActorRef actor = system.ActorOf(new Hooks { PostStop = () => throw new Boom("stop") }.ToProps());
        Assert.True(Scheduler.Run(() => actor.GracefulStop(TimeSpan.FromSeconds(1)), TimeSpan.FromMinutes(1)));
        Assert.Equal(["PostStop threw: stop"], Said);
    }

    [Fact]
    public void An_exception_in_PreRestart_does_not_prevent_the_restart()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks
        {
            PreRestart = () => throw new Boom("before restart"),
            PostRestart = () => Said.Add("restarted"),
            Receive = (_, _) => throw new Boom("work"),
        }.ToProps());
        actor.Tell("go");
        Scheduler.RunToQuiescence();
        Assert.Equal(["restarted"], Said);
    }

    [Fact]
    public void An_exception_in_PostRestart_stops_the_actor()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks
        {
            PostRestart = () => throw new Boom("after restart"),
            Receive = (_, _) => throw new Boom("work"),
        }.ToProps());
        actor.Tell("go");
        Scheduler.RunToQuiescence();
        Assert.True(((IInternalActorRef)actor).IsTerminated);
    }

    [Fact]
    public void An_exception_in_a_predicate_is_a_failure_of_the_actor()
    {
        ActorSystem system = NewSystem();
        Listen<Error>(system, error => error.Cause!.Message);
        system.ActorOf(Props.Create(() => new BadPredicate())).Tell("x");
        Scheduler.RunToQuiescence();
        Assert.Equal(["predicate"], Said);
    }

    [Fact]
    public void An_exception_at_the_end_of_a_turn_is_a_failure_of_the_actor()
    {
        ActorSystem system = NewSystem();
        Listen<Error>(system, error => error.Cause!.Message);
        system.ActorOf(Props.Create(() => new BadTurnEnd())).Tell("x");
        Scheduler.RunToQuiescence();
        Assert.Equal(["turn end"], Said);
    }

    [Theory]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(InsufficientExecutionStackException))]
    [InlineData(typeof(AggregateException))]
    public void Whatever_a_handler_throws_its_supervisor_decides(Type thrown)
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks
        {
            PostRestart = () => Said.Add("restarted"),
            Receive = (_, _) => throw (Exception)Activator.CreateInstance(thrown)!,
        }.ToProps());
        actor.Tell("go");
        Scheduler.RunToQuiescence();
        Assert.Equal(["restarted"], Said);
    }

    [Fact]
    public void Endless_recursion_under_a_stack_guard_restarts_the_actor()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks
        {
            PostRestart = () => Said.Add("restarted"),
            Receive = (_, _) => Recurse(0),
        }.ToProps());
        actor.Tell("go");
        Scheduler.RunToQuiescence();
        Assert.Equal(["restarted"], Said);
    }

    [Fact]
    public void A_guardian_that_cannot_decide_ends_the_system()
    {
        ActorSystem system = NewSystem();
        system.Root.SendSystem(new FailedMessage(system.UserGuardian, new Boom("escalated to the root")));
        Scheduler.RunToQuiescence();
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    private static int Recurse(int depth)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return Recurse(depth + 1) + 1;
    }

    private sealed class BadPredicate : ReceiveActor
    {
        public BadPredicate() => Receive<string>(_ => { }, _ => throw new Boom("predicate"));
    }

    private sealed class BadTurnEnd : UntypedActor, ITurnEndActor
    {
        public void OnTurnEnd() => throw new Boom("turn end");

        protected override void OnReceive(object message)
        {
        }
    }
}
