namespace ActorP2P.Actors.Tests.Simulation;

public sealed class SimulationTests
{
    [Fact]
    public void An_ask_between_nodes_is_answered_in_virtual_time()
    {
        var scheduler = new DeterministicScheduler(1);
        ActorSystem system = Node(scheduler, 0);
        string reply = scheduler.Run(
            async () =>
            {
                IActorRef echo = system.ActorOf(Props.Create(() => new Echo()), "echo");
                string first = await echo.Ask<string>("a");
                await Task.Delay(TimeSpan.FromSeconds(5), scheduler.TimeProvider);
                return first + await echo.Ask<string>("b");
            },
            TimeSpan.FromMinutes(1));
        Assert.Equal("ab", reply);
        Assert.Equal(TimeSpan.FromSeconds(5), scheduler.Now);
    }

    [Fact]
    public void An_ask_without_answer_times_out_at_its_exact_virtual_time()
    {
        var scheduler = new DeterministicScheduler(1);
        ActorSystem system = Node(scheduler, 0);
        Task<string> asked = system.DeadLetters.Ask<string>("anyone?", TimeSpan.FromSeconds(3));
        scheduler.RunToQuiescence();
        Assert.Equal(TimeSpan.FromSeconds(3), scheduler.Now);
        Assert.IsType<AskTimeoutException>(asked.Exception!.InnerException);
    }

    [Fact]
    public void A_program_that_waits_for_nothing_is_a_deadlock_named_with_seed_and_time()
    {
        var scheduler = new DeterministicScheduler(42);
        var never = new TaskCompletionSource();
        SimulationException stuck = Assert.Throws<SimulationException>(
            () => scheduler.Run(() => never.Task, TimeSpan.FromMinutes(1)));
        Assert.Contains("seed 42", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_takes_too_long_is_stopped_at_its_limit()
    {
        var scheduler = new DeterministicScheduler(42);
        Assert.Throws<SimulationException>(() => scheduler.Run(
            () => Task.Delay(TimeSpan.FromHours(1), scheduler.TimeProvider), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void An_actor_that_tells_itself_for_ever_is_named_as_a_livelock()
    {
        var scheduler = new DeterministicScheduler(1) { MaxTurnsPerInstant = 1_000 };
        ActorSystem system = Node(scheduler, 0);
        system.ActorOf(Props.Create(() => new Spinner()), "spinner").Tell("go");
        SimulationException endless = Assert.Throws<SimulationException>(() => scheduler.RunToQuiescence());
        Assert.Contains("/user/spinner", endless.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tell_from_a_foreign_thread_is_refused()
    {
        var scheduler = new DeterministicScheduler(1);
        ActorSystem system = Node(scheduler, 0);
        IActorRef echo = system.ActorOf(Props.Create(() => new Echo()));
        Exception? thrown = null;
        var foreign = new Thread(() => thrown = Record.Exception(() => echo.Tell("x")));
        foreign.Start();
        foreign.Join();
        Assert.IsType<InvalidOperationException>(thrown);
    }

    [Fact]
    public void A_system_terminates_within_the_simulation()
    {
        var scheduler = new DeterministicScheduler(1);
        ActorSystem system = Node(scheduler, 3);
        system.ActorOf(Props.Create(() => new Echo()));
        scheduler.Run(() => system.Terminate(), TimeSpan.FromMinutes(1));
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void Events_of_one_time_come_by_class_then_source_then_sequence()
    {
        var scheduler = new DeterministicScheduler(1);
        var order = new List<string>();
        TimeSpan at = TimeSpan.FromSeconds(1);
        scheduler.Schedule(at, EventClass.Timer, 0, 0, () => order.Add("timer"));
        scheduler.Schedule(at, EventClass.Frame, 0, 2, () => order.Add("frame of 2"));
        scheduler.Schedule(at, EventClass.Frame, 0, 1, () => order.Add("frame of 1"));
        scheduler.Schedule(at, EventClass.Frame, 0, 1, () => order.Add("second frame of 1"));
        scheduler.Schedule(at, EventClass.Timeline, 5, 5, () => order.Add("timeline"));
        scheduler.RunToQuiescence();
        Assert.Equal(["timeline", "frame of 1", "second frame of 1", "frame of 2", "timer"], order);
    }

    private static ActorSystem Node(DeterministicScheduler scheduler, int key) =>
        ActorSystem.Create("node", new EngineSetup { Deterministic = scheduler, NodeKey = key });

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Spinner : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }
}
