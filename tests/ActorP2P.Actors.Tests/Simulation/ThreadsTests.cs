namespace ActorP2P.Actors.Tests.Simulation;

/// <summary>Worlds whose nodes are spread over threads: the same run, whatever their number.</summary>
public sealed class ThreadsTests
{
    private static readonly TimeSpan s_lookAhead = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task The_same_seed_gives_the_same_trace_on_one_two_and_four_threads_and_in_another_process()
    {
        ulong first = Mesh.Trace(7, threads: 1);
        // ACTORP2P_MESH_RUNS makes the short run as long as wanted.
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
    public void Nodes_with_work_at_the_same_time_do_it_on_as_many_threads_as_asked_for(int threads)
    {
        var scheduler = new DeterministicScheduler(1, s_lookAhead, threads);
        int[] ranOn = new int[8];
        for (int node = 0; node < ranOn.Length; node++)
        {
            int mine = node;
            scheduler.Schedule(TimeSpan.FromSeconds(1), EventClass.Timer, node, node,
                () => ranOn[mine] = Environment.CurrentManagedThreadId);
        }
        scheduler.RunToQuiescence();
        Assert.Equal(threads, ranOn.Distinct().Count());
        Assert.Equal(ranOn[0], ranOn[threads % ranOn.Length]);
    }

    [Fact]
    public void A_node_that_tells_another_node_directly_is_refused_on_any_number_of_threads()
    {
        for (int threads = 1; threads <= 2; threads++)
        {
            var scheduler = new DeterministicScheduler(1, s_lookAhead, threads);
            IActorRef other = Node(scheduler, 1).ActorOf(new Hooks().ToProps());
            Exception? thrown = null;
            Node(scheduler, 0).ActorOf(new Hooks
            {
                Receive = (_, _) => thrown = Record.Exception(() => other.Tell("x")),
            }.ToProps()).Tell("go");
            scheduler.RunToQuiescence();
            Assert.Contains("Node 0 touches node 1", Assert.IsType<InvalidOperationException>(thrown).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_event_for_another_node_within_the_look_ahead_is_refused()
    {
        var scheduler = new DeterministicScheduler(1, s_lookAhead, threads: 2);
        Exception? early = null;
        Exception? inTime = null;
        scheduler.Schedule(TimeSpan.FromSeconds(1), EventClass.Timer, 0, 0, () =>
        {
            early = Record.Exception(
                () => scheduler.Schedule(scheduler.Now + s_lookAhead - new TimeSpan(1), EventClass.Frame, 1, 0, () => { }));
            inTime = Record.Exception(() => scheduler.Schedule(scheduler.Now + s_lookAhead, EventClass.Frame, 1, 0, () => { }));
        });
        scheduler.RunToQuiescence();
        Assert.IsType<InvalidOperationException>(early);
        Assert.Null(inTime);
        Assert.Equal(TimeSpan.FromSeconds(1) + s_lookAhead, scheduler.Now);
    }

    [Fact]
    public void An_answer_reaches_the_driving_program_after_the_look_ahead()
    {
        var scheduler = new DeterministicScheduler(1, s_lookAhead, threads: 2);
        IActorRef echo = Node(scheduler, 1).ActorOf(new Hooks { Receive = (message, self) => self.From.Tell(message) }.ToProps());
        string answer = scheduler.Run(() => echo.Ask<string>("hello"), TimeSpan.FromSeconds(1));
        Assert.Equal("hello", answer);
        TimeSpan before = scheduler.Now;
        scheduler.Run(
            async () =>
            {
                await echo.Ask<string>("again");
                Assert.Equal(before + s_lookAhead, scheduler.Now);
            },
            TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_first_failure_in_the_order_of_events_is_thrown_on_any_number_of_threads()
    {
        for (int threads = 1; threads <= 4; threads++)
        {
            var scheduler = new DeterministicScheduler(1, s_lookAhead, threads);
            for (int node = 0; node < 4; node++)
            {
                // The later the node's number, the earlier it fails, all within one window.
                string name = $"node {node}";
                scheduler.Schedule(TimeSpan.FromTicks(1000 - node), EventClass.Timer, node, node, () => throw new Conformance.Boom(name));
            }
            Assert.Equal("node 3", Assert.Throws<Conformance.Boom>(() => scheduler.RunToQuiescence()).Message);
        }
    }

    [Fact]
    public void A_fault_of_the_timeline_stops_all_nodes_at_its_exact_time()
    {
        var scheduler = new DeterministicScheduler(1, TimeSpan.FromSeconds(10), threads: 2);
        int[] ticks = new int[2];
        for (int node = 0; node < 2; node++)
        {
            int mine = node;
            _ = scheduler.TimeProviderOf(node).CreateTimer(
                _ => ticks[mine]++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        }
        scheduler.Schedule(TimeSpan.FromSeconds(3), EventClass.Timeline, 1, 1, () => scheduler.Crash(1));
        scheduler.RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal([5, 2], ticks);
    }

    private static ActorSystem Node(DeterministicScheduler scheduler, int key) =>
        ActorSystem.Create("node", new EngineSetup { Deterministic = scheduler, NodeKey = key });
}
