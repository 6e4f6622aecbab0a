namespace ActorP2P.Determinism.Tests;

/// <summary>Worlds whose nodes are distributed over threads give the same run for any number of threads.</summary>
public sealed class ThreadsTests
{
    private static readonly TimeSpan s_lookAhead = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task The_trace_is_the_same_on_any_threads_and_in_any_process()
    {
        ulong first = Mesh.Trace(7, threads: 1);
        // The environment variable ACTORP2P_MESH_RUNS makes the test longer.
        int runs = int.TryParse(Environment.GetEnvironmentVariable("ACTORP2P_MESH_RUNS"), out int asked) ? asked : 40;
        using (new BusyThreadPool())
        {
            for (int run = 0; run < runs; run++)
            {
                Assert.Equal(first, Mesh.Trace(7, threads: 1 << (run % 3)));
            }
            Assert.Equal(first, await MeshProgram.TraceElsewhereAsync(7, threads: 4));
            Assert.NotEqual(first, Mesh.Trace(8, threads: 2));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Nodes_with_work_at_the_same_time_run_on_all_threads(int threads)
    {
        var world = new SimulatedWorld(1, new SimulationOptions { LookAhead = s_lookAhead, Threads = threads });
        int[] ranOn = new int[8];
        for (int node = 0; node < ranOn.Length; node++)
        {
            int mine = node;
            world.Schedule(TimeSpan.FromSeconds(1), EventClass.Timer, node, node,
                () => ranOn[mine] = Environment.CurrentManagedThreadId);
        }
        world.RunToQuiescence();
        Assert.Equal(threads, ranOn.Distinct().Count());
        Assert.Equal(ranOn[0], ranOn[threads % ranOn.Length]);
    }

    [Fact]
    public void A_direct_tell_to_another_node_is_refused_on_any_threads()
    {
        for (int threads = 1; threads <= 2; threads++)
        {
            var world = new SimulatedWorld(1, new SimulationOptions { LookAhead = s_lookAhead, Threads = threads });
            IActorRef other = Node(world, 1).ActorOf(new Hooks().ToProps());
            world.RunToQuiescence();
            Node(world, 0).ActorOf(new Hooks { Receive = (_, _) => other.Tell("x") }.ToProps()).Tell("go");
            SimulationLeakException leak = Assert.Throws<SimulationLeakException>(() => world.RunToQuiescence());
            Assert.Contains("node 0 touches node 1", leak.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_event_for_another_node_within_the_look_ahead_is_refused()
    {
        var world = new SimulatedWorld(1, new SimulationOptions { LookAhead = s_lookAhead, Threads = 2 });
        Exception? early = null;
        Exception? inTime = null;
        world.Schedule(TimeSpan.FromSeconds(1), EventClass.Timer, 0, 0, () =>
        {
            early = Record.Exception(
                () => world.Schedule(world.Now + s_lookAhead - new TimeSpan(1), EventClass.Frame, 1, 0, () => { }));
            inTime = Record.Exception(() => world.Schedule(world.Now + s_lookAhead, EventClass.Frame, 1, 0, () => { }));
        });
        world.RunToQuiescence();
        Assert.IsType<InvalidOperationException>(early);
        Assert.Null(inTime);
        Assert.Equal(TimeSpan.FromSeconds(1) + s_lookAhead, world.Now);
    }

    [Fact]
    public void An_answer_reaches_the_driving_program_after_the_look_ahead()
    {
        var world = new SimulatedWorld(1, new SimulationOptions { LookAhead = s_lookAhead, Threads = 2 });
        IActorRef echo = Node(world, 1).ActorOf(
            new Hooks { Receive = (message, self) => self.From.Tell(message) }.ToProps());
        string answer = world.Run(() => echo.Ask<string>("hello"), TimeSpan.FromSeconds(1));
        Assert.Equal("hello", answer);
        TimeSpan before = world.Now;
        world.Run(
            async () =>
            {
                await echo.Ask<string>("again");
                Assert.Equal(before + s_lookAhead, world.Now);
            },
            TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_first_failure_is_thrown_on_any_number_of_threads()
    {
        for (int threads = 1; threads <= 4; threads++)
        {
            var world = new SimulatedWorld(1, new SimulationOptions { LookAhead = s_lookAhead, Threads = threads });
            for (int node = 0; node < 4; node++)
            {
                // A node with a higher number fails earlier, and all fail within one window.
                string name = $"node {node}";
                world.Schedule(TimeSpan.FromTicks(1000 - node), EventClass.Timer, node, node,
                    () => throw new DeliberateException(name));
            }
            Assert.Equal("node 3", Assert.Throws<DeliberateException>(() => world.RunToQuiescence()).Message);
        }
    }

    [Fact]
    public void A_fault_of_the_timeline_stops_all_nodes_at_its_exact_time()
    {
        var world = new SimulatedWorld(1, new SimulationOptions { LookAhead = TimeSpan.FromSeconds(10), Threads = 2 });
        int[] ticks = new int[2];
        for (int node = 0; node < 2; node++)
        {
            int mine = node;
            _ = world.TimeProviderOf(node).CreateTimer(
                _ => ticks[mine]++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
        world.Schedule(TimeSpan.FromSeconds(3), EventClass.Timeline, 1, 1, () => world.Crash(1));
        world.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal([5, 2], ticks);
    }

    private static ActorSystem Node(SimulatedWorld world, int key) =>
        SimulatedSystem.Create(world, "node", new SimulatedSystemOptions { Node = key });
}
