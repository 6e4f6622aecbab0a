namespace ActorP2P.Determinism.Tests;

public sealed class SimulationTests
{
    [Fact]
    public void An_ask_between_nodes_is_answered_in_virtual_time()
    {
        var world = new SimulatedWorld(1);
        ActorSystem system = Node(world, 0);
        string reply = world.Run(
            async () =>
            {
                IActorRef echo = system.ActorOf(Props.Create(() => new Echo()), "echo");
                string first = await echo.Ask<string>("a");
                await Task.Delay(TimeSpan.FromSeconds(5), world.TimeProvider);
                return first + await echo.Ask<string>("b");
            },
            TimeSpan.FromMinutes(1));
        Assert.Equal("ab", reply);
        Assert.Equal(TimeSpan.FromSeconds(5), world.Now);
    }

    [Fact]
    public void A_deadlock_is_reported_with_seed_and_time()
    {
        var world = new SimulatedWorld(42);
        var never = new TaskCompletionSource();
        SimulationException stuck = Assert.Throws<SimulationException>(
            () => world.Run(() => never.Task, TimeSpan.FromMinutes(1)));
        Assert.Contains("seed 42", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_takes_too_long_is_stopped_at_its_limit()
    {
        var world = new SimulatedWorld(42);
        Assert.Throws<SimulationException>(() => world.Run(
            () => Task.Delay(TimeSpan.FromHours(1), world.TimeProvider), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_livelock_is_reported_with_its_actor()
    {
        var world = new SimulatedWorld(1, new SimulationOptions { MaxTurnsPerInstant = 1_000 });
        ActorSystem system = Node(world, 0);
        system.ActorOf(Props.Create(() => new Spinner()), "spinner").Tell("go");
        SimulationException endless = Assert.Throws<SimulationException>(() => world.RunToQuiescence());
        Assert.Contains("/user/spinner", endless.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tell_from_a_foreign_thread_is_refused()
    {
        var world = new SimulatedWorld(1);
        ActorSystem system = Node(world, 0);
        IActorRef echo = system.ActorOf(Props.Create(() => new Echo()));
        world.RunToQuiescence();
        var foreign = new Thread(() => echo.Tell("x"));
        foreign.Start();
        foreign.Join();
        SimulationLeakException leak = Assert.Throws<SimulationLeakException>(() => world.RunToQuiescence());
        Assert.Contains("String to akka://node/user/", leak.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(A_tell_from_a_foreign_thread_is_refused), leak.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void A_system_terminates_within_the_simulation()
    {
        var world = new SimulatedWorld(1);
        ActorSystem system = Node(world, 3);
        system.ActorOf(Props.Create(() => new Echo()));
        world.Run(() => system.Terminate(), TimeSpan.FromMinutes(1));
        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
    }

    [Fact]
    public void Events_of_one_time_come_by_class_then_source_then_sequence()
    {
        var world = new SimulatedWorld(1);
        var order = new List<string>();
        TimeSpan at = TimeSpan.FromSeconds(1);
        world.Schedule(at, EventClass.Timer, 0, 0, () => order.Add("timer"));
        world.Schedule(at, EventClass.Frame, 0, 2, () => order.Add("frame of 2"));
        world.Schedule(at, EventClass.Frame, 0, 1, () => order.Add("frame of 1"));
        world.Schedule(at, EventClass.Frame, 0, 1, () => order.Add("second frame of 1"));
        world.Schedule(at, EventClass.Timeline, 5, 5, () => order.Add("timeline"));
        world.RunToQuiescence();
        Assert.Equal(["timeline", "frame of 1", "second frame of 1", "frame of 2", "timer"], order);
    }

    private static ActorSystem Node(SimulatedWorld world, int key) =>
        SimulatedSystem.Create(world, "node", new SimulatedSystemOptions { Node = key });

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }

    private sealed class Spinner : UntypedActor
    {
        protected override void OnReceive(object message) => Self.Tell(message);
    }
}
