namespace ActorP2P.Determinism.Tests;

public sealed class SeedTests : SimulatedTest
{
    [Fact]
    public void An_await_in_a_handler_stays_in_the_simulation()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        TimeProvider time = World.TimeProviderOf(0);
        IActorRef actor = system.ActorOf(Props.Create(() => new Sleeper(said, time)));
        actor.Tell(1);
        actor.Tell(2);
        World.RunToQuiescence();
        Assert.Equal(["start 1", "end 1 at 1", "start 2", "end 2 at 2"], said);
    }

    [Fact]
    public void A_timer_set_before_a_restart_does_not_fire_after_it()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks
        {
            Receive = (message, self) =>
            {
                switch (message)
                {
                    case "set":
                        self.Timers.StartSingleTimer("k", "fired", TimeSpan.FromSeconds(1));
                        break;
                    case "boom":
                        throw new InvalidOperationException("bang");
                    default:
                        Said.Add($"{message}");
                        break;
                }
            },
        }.ToProps());
        actor.Tell("set");
        actor.Tell("boom");
        World.RunToQuiescence();
        Assert.Empty(Said);
    }

    [Fact]
    public void Hooks_of_a_restart_come_in_Akkas_order()
    {
        ActorSystem system = NewSystem();
        IActorRef actor = system.ActorOf(new Hooks
        {
            Construct = () => Said.Add("constructor"),
            PreStart = () => Said.Add("PreStart"),
            PreRestart = () => Said.Add("PreRestart"),
            PostStop = () => Said.Add("PostStop"),
            PostRestart = () => Said.Add("PostRestart"),
            Receive = (_, _) => throw new InvalidOperationException("bang"),
        }.ToProps());
        actor.Tell("boom");
        World.RunToQuiescence();
        Assert.Equal(
            ["constructor", "PreStart", "PreRestart", "PostStop", "constructor", "PostRestart", "PreStart"], Said);
    }

    [Fact]
    public void All_for_one_restarts_the_siblings_of_the_child_that_failed()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        IActorRef parent = system.ActorOf(Props.Create(() => new Family(said)));
        parent.Tell("boom");
        World.RunToQuiescence();
        Assert.Equal(["a restarted", "b restarted"], said.Order(StringComparer.Ordinal));
    }

    private sealed class Sleeper : ReceiveActor
    {
        public Sleeper(List<string> said, TimeProvider time) => ReceiveAsync<int>(async number =>
        {
            said.Add($"start {number}");
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            said.Add($"end {number} at {(time.GetUtcNow() - SimulatedWorld.Start).TotalSeconds:0}");
        });
    }

    private sealed class Family : UntypedActor
    {
        private readonly IActorRef _first;

        public Family(List<string> said)
        {
            _first = Context.ActorOf(Child(said, "a"), "a");
            Context.ActorOf(Child(said, "b"), "b");
        }

        protected override SupervisorStrategy SupervisorStrategy() =>
            new AllForOneStrategy(_ => Directive.Restart);

        protected override void OnReceive(object message) => _first.Forward(message);

        private static Props Child(List<string> said, string name) => new Hooks
        {
            PostRestart = () => said.Add($"{name} restarted"),
            Receive = (_, _) => throw new InvalidOperationException("bang"),
        }.ToProps();
    }
}
