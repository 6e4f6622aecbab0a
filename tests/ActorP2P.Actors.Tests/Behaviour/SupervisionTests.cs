using ActorP2P.Actors.Tests.Conformance;

namespace ActorP2P.Actors.Tests.Behaviour;

public sealed class SupervisionTests : SimulatedTest
{
    [Fact]
    public void Failures_further_apart_than_the_time_window_do_not_use_up_the_restarts()
    {
        ActorSystem system = NewSystem();
        IActorRef parent = Parent(system, new OneForOneStrategy(2, TimeSpan.FromSeconds(10), _ => Directive.Restart));
        for (int failure = 0; failure < 6; failure++)
        {
            parent.Tell("a");
            Scheduler.RunFor(TimeSpan.FromSeconds(6));
        }
        Assert.Equal(6, Said.Count(static word => word == "a restarted"));
        parent.Tell("a");
        parent.Tell("a");
        parent.Tell("a");
        Scheduler.RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal("a stopped", Said[^1]);
    }

    [Fact]
    public void All_for_one_stops_every_child_when_the_restarts_are_used_up()
    {
        ActorSystem system = NewSystem();
        IActorRef parent = Parent(system, new AllForOneStrategy(1, null, _ => Directive.Restart));
        parent.Tell("a");
        Scheduler.RunToQuiescence();
        Assert.Equal(["a restarted", "b restarted"], Said.Order(StringComparer.Ordinal));
        Said.Clear();
        parent.Tell("b");
        Scheduler.RunToQuiescence();
        Assert.Equal(["a stopped", "b stopped"], Said.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(Directive.Resume, "")]
    [InlineData(Directive.Restart, "a restarted")]
    [InlineData(Directive.Stop, "a stopped")]
    public void A_directive_decides_what_becomes_of_the_child(Directive directive, string heard)
    {
        ActorSystem system = NewSystem();
        Parent(system, new OneForOneStrategy(_ => directive)).Tell("a");
        Scheduler.RunToQuiescence();
        Assert.Equal(heard, string.Join(',', Said));
    }

    [Fact]
    public void What_is_escalated_from_the_top_restarts_the_top_actor_and_ends_the_children_of_its_old_instance()
    {
        ActorSystem system = NewSystem();
        Parent(system, new OneForOneStrategy(_ => Directive.Escalate)).Tell("a");
        Scheduler.RunToQuiescence();
        Assert.Equal(["a stopped", "b stopped"], Said.Order(StringComparer.Ordinal));
        Assert.False(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void A_supervisor_strategy_that_throws_is_a_failure_of_the_supervisor()
    {
        ActorSystem system = NewSystem();
        Listen<Error>(system, error => error.Cause!.Message);
        Parent(system, new OneForOneStrategy(_ => throw new Boom("decider"))).Tell("a");
        Scheduler.RunToQuiescence();
        Assert.Contains("decider", Said);
    }

    private IActorRef Parent(ActorSystem system, SupervisorStrategy strategy)
    {
        List<string> said = Said;
        return system.ActorOf(Props.Create(() => new Parental(said, strategy)));
    }

    private sealed class Parental : UntypedActor
    {
        private readonly SupervisorStrategy _strategy;

        public Parental(List<string> said, SupervisorStrategy strategy)
        {
            _strategy = strategy;
            Context.ActorOf(Child(said, "a"), "a");
            Context.ActorOf(Child(said, "b"), "b");
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;

        protected override void OnReceive(object message) => Context.Child((string)message).Tell("fail");

        private static Props Child(List<string> said, string name)
        {
            bool restarting = false;
            return new Hooks
            {
                PreRestart = () => restarting = true,
                PostRestart = () =>
                {
                    restarting = false;
                    said.Add($"{name} restarted");
                },
                PostStop = () =>
                {
                    // The base of PreRestart calls it too.
                    if (!restarting)
                    {
                        said.Add($"{name} stopped");
                    }
                },
                Receive = (_, _) => throw new Boom(name),
            }.ToProps();
        }
    }
}
