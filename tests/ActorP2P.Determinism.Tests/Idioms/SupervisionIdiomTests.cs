using Akka.Actor.Dsl;
using Akka.Pattern;

namespace ActorP2P.Determinism.Tests;

public sealed class SupervisionIdiomTests
{
    [Fact]
    public void One_for_one_restarts_only_the_child_that_failed() => Idiom.Holds(async scene =>
    {
        IActorRef parent = Family(scene, new OneForOneStrategy(_ => Directive.Restart));
        parent.Tell("a");
        await scene.PassSeconds(1);
        Assert.Equal(["restart a at 0"], scene.Said);
    });

    [Fact]
    public void All_for_one_restarts_all_children() => Idiom.Holds(async scene =>
    {
        IActorRef parent = Family(scene, new AllForOneStrategy(_ => Directive.Restart));
        parent.Tell("a");
        await scene.PassSeconds(1);
        Assert.Equal(["restart a at 0", "restart b at 0"], scene.Said.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Resume_keeps_the_child_and_Stop_ends_it() => Idiom.Holds(async scene =>
    {
        IActorRef parent = Family(scene, new OneForOneStrategy(failure =>
            failure.Message == "a" ? Directive.Resume : Directive.Stop));
        parent.Tell("a");
        parent.Tell("b");
        await scene.PassSeconds(1);
        Assert.Equal(["stop b at 0"], scene.Said);
    });

    [Fact]
    public void Escalate_reaches_the_grandparent() => Idiom.Holds(async scene =>
    {
        IActorRef grandparent = scene.System.ActorOf((act, context) =>
        {
            act.Strategy = new OneForOneStrategy(failure =>
            {
                scene.Say($"grandparent sees {failure.Message}");
                return Directive.Stop;
            });
            IActorRef parent = context.ActorOf(Props.Create(() =>
                new Parent(scene, new OneForOneStrategy(_ => Directive.Escalate))));
            act.ReceiveAny((message, _) => parent.Tell(message));
        });
        grandparent.Tell("a");
        await scene.PassSeconds(1);
        Assert.Contains("grandparent sees a at 0", scene.Said);
    });

    [Fact]
    public void A_window_of_restarts_goes_by_virtual_time() => Idiom.Holds(async scene =>
    {
        // Two restarts a minute are allowed. Three failures an hour apart stay within this limit; three at once exceed
        // it.
        IActorRef parent = Family(scene, new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        for (int i = 0; i < 3; i++)
        {
            parent.Tell("a");
            await scene.PassHours(1);
        }
        Assert.Equal(["restart a at 0", "restart a at 3600", "restart a at 7200"], scene.Said);
        for (int i = 0; i < 3; i++)
        {
            parent.Tell("b");
        }
        await scene.PassSeconds(1);
        Assert.Equal(["restart b at 10800", "restart b at 10800", "stop b at 10800"], scene.Said[3..]);
    });

    [Fact]
    public void An_all_for_one_window_goes_by_virtual_time() => Idiom.Holds(async scene =>
    {
        IActorRef parent = Family(scene, new AllForOneStrategy(1, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        for (int i = 0; i < 3; i++)
        {
            parent.Tell("a");
            await scene.PassHours(1);
        }
        Assert.Equal(6, scene.Said.Count(static said => said.StartsWith("restart", StringComparison.Ordinal)));
    });

    [Fact]
    public void A_restart_limit_without_a_window_counts_for_ever() => Idiom.Holds(async scene =>
    {
        IActorRef parent = Family(scene, new OneForOneStrategy(2, Timeout.InfiniteTimeSpan, _ => Directive.Restart));
        for (int i = 0; i < 3; i++)
        {
            parent.Tell("a");
            await scene.PassHours(1);
        }
        Assert.Equal(["restart a at 0", "restart a at 3600", "stop a at 7200"], scene.Said);
    });

    [Fact]
    public void A_BackoffSupervisor_waits_longer_each_time() => Idiom.Holds(async scene =>
    {
        int starts = 0;
        Props child = new Hooks
        {
            PreStart = () => scene.Say($"start {++starts}"),
            Receive = (_, _) => throw new DeliberateException("bang"),
        }.ToProps();
        IActorRef supervisor = scene.System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(
            child, "child", TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), randomFactor: 0, maxNrOfRetries: -1)
            .WithManualReset()));
        for (int i = 0; i < 3; i++)
        {
            supervisor.Tell("fail");
            await scene.Pass(TimeSpan.FromMinutes(2));
        }
        Assert.Equal(["start 1 at 0", "start 2 at 10", "start 3 at 140", "start 4 at 280"], scene.Said);
    });

    [Fact]
    public void A_BackoffSupervisor_draws_its_delays_from_the_seed() => Idiom.Holds(async scene =>
    {
        Props child = new Hooks
        {
            PreStart = () => scene.Said.Add($"start at {scene.Now}"),
            Receive = (_, self) => LambdaActor.Surroundings.Stop(self.Me),
        }.ToProps();
        IActorRef supervisor = scene.System.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(
            child, "child", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), randomFactor: 0.5, maxNrOfRetries: -1)));
        for (int i = 0; i < 5; i++)
        {
            supervisor.Tell("stop");
            await scene.PassHours(1);
        }
        Assert.Equal(6, scene.Said.Count);
    });

    [Fact]
    public void A_BackoffSupervisor_resets_after_a_quiet_time() => Idiom.Holds(async scene =>
    {
        Props child = new Hooks { Receive = (_, _) => throw new DeliberateException("bang") }.ToProps();
        IActorRef supervisor = scene.System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(
            child, "child", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), 0, -1)
            .WithAutoReset(TimeSpan.FromHours(1))));
        supervisor.Tell("fail");
        await scene.PassSeconds(30);
        Assert.Equal(1, (await Count()).Count);
        await scene.PassHours(2);
        Assert.Equal(0, (await Count()).Count);

        Task<BackoffSupervisor.RestartCount> Count() =>
            supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance);
    });

    private static IActorRef Family(Scene scene, SupervisorStrategy strategy) =>
        scene.System.ActorOf(Props.Create(() => new Parent(scene, strategy)));

    private sealed class Parent : UntypedActor
    {
        private readonly SupervisorStrategy _strategy;

        public Parent(Scene scene, SupervisorStrategy strategy)
        {
            _strategy = strategy;
            foreach (string name in new[] { "a", "b" })
            {
                Context.ActorOf(Props.Create(() => new Child(scene)), name);
            }
        }

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;

        protected override void OnReceive(object message) => Context.Child((string)message).Forward(message);
    }

    private sealed class Child(Scene scene) : UntypedActor
    {
        private bool _restarts;

        protected override void OnReceive(object message) => throw new DeliberateException((string)message);

        protected override void PreRestart(Exception reason, object message)
        {
            _restarts = true;
            scene.Say($"restart {Self.Path.Name}");
            base.PreRestart(reason, message);
        }

        protected override void PostStop()
        {
            if (!_restarts)
            {
                scene.Say($"stop {Self.Path.Name}");
            }
        }
    }
}
