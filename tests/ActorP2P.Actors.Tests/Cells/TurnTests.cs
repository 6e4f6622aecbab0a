namespace ActorP2P.Actors.Tests.Cells;

public sealed class TurnTests : SimulatedTest
{
    [Fact]
    public void The_end_of_a_turn_is_told_after_the_rest_of_an_awaiting_handler_too()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        TimeProvider time = system.TimeProvider;
        system.ActorOf(Props.Create(() => new AwaitingFlusher(said, time))).Tell("x");
        Scheduler.RunToQuiescence();
        Assert.Equal(["before", "flush", "after", "flush"], said);
    }

    [Fact]
    public void A_task_run_in_the_constructor_holds_the_first_message_back()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        TimeProvider time = system.TimeProvider;
        system.ActorOf(Props.Create(() => new SlowStarter(said, time))).Tell("x");
        Scheduler.RunToQuiescence();
        Assert.Equal(["ready", "x"], said);
    }

    [Fact]
    public void A_stashed_Terminated_is_delivered_when_it_is_unstashed()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        IActorRef watcher = system.ActorOf(Props.Create(() => new StashingWatcher(said)));
        Scheduler.RunToQuiescence();
        watcher.Tell("open");
        Scheduler.RunToQuiescence();
        Assert.Equal(["Terminated of child"], said);
    }

    [Fact]
    public void The_rest_of_a_handler_does_not_run_in_the_instance_that_follows_a_restart()
    {
        ActorSystem system = NewSystem();
        List<string> said = Said;
        TimeProvider time = system.TimeProvider;
        IActorRef parent = system.ActorOf(Props.Create(() => new ImpatientParent(said, time)));
        parent.Tell("go");
        Scheduler.RunToQuiescence();
        Assert.Equal(["started 1", "restarted"], said);
    }

    private sealed class AwaitingFlusher : ReceiveActor, ITurnEndActor
    {
        private readonly List<string> _said;

        public AwaitingFlusher(List<string> said, TimeProvider time)
        {
            _said = said;
            ReceiveAnyAsync(async _ =>
            {
                said.Add("before");
                await Task.Delay(TimeSpan.FromSeconds(1), time);
                said.Add("after");
            });
        }

        public void OnTurnEnd() => _said.Add("flush");
    }

    private sealed class SlowStarter : ReceiveActor
    {
        public SlowStarter(List<string> said, TimeProvider time)
        {
            ReceiveAny(message => said.Add($"{message}"));
            RunTask(async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time);
                said.Add("ready");
            });
        }
    }

    private sealed class StashingWatcher : ReceiveActor, IWithUnboundedStash
    {
        public StashingWatcher(List<string> said)
        {
            IActorRef child = Context.ActorOf(new Hooks().ToProps(), "child");
            Context.Watch(child);
            Context.Stop(child);
            Receive<Terminated>(_ => Stash.Stash());
            Receive<string>(_ =>
            {
                Become(() => Receive<Terminated>(end => said.Add($"Terminated of {end.ActorRef.Path.Name}")));
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private sealed class ImpatientParent : UntypedActor
    {
        private readonly IActorRef _slow;
        private readonly IActorRef _failing;

        public ImpatientParent(List<string> said, TimeProvider time)
        {
            _slow = Context.ActorOf(Props.Create(() => new Slow(said, time)));
            _failing = Context.ActorOf(new Hooks { Receive = (_, _) => throw new InvalidOperationException("bang") }.ToProps());
        }

        protected override SupervisorStrategy SupervisorStrategy() => new AllForOneStrategy(_ => Directive.Restart);

        protected override void OnReceive(object message)
        {
            _slow.Tell("1");
            _failing.Tell("boom");
        }
    }

    private sealed class Slow : ReceiveActor
    {
        private readonly List<string> _said;

        public Slow(List<string> said, TimeProvider time)
        {
            _said = said;
            ReceiveAnyAsync(async message =>
            {
                said.Add($"started {message}");
                await Task.Delay(TimeSpan.FromSeconds(1), time);
                said.Add("ended");
            });
        }

        protected override void PostRestart(Exception reason) => _said.Add("restarted");
    }
}
