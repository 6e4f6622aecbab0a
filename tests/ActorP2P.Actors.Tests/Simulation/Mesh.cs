namespace ActorP2P.Actors.Tests.Simulation;

/// <summary>A mesh of nodes that gossip over a lossy network, fail, restart and ask each other; its trace is its meaning.</summary>
public sealed class Mesh
{
    // In microseconds.
    private const int LeastLatency = 1000;

    private readonly DeterministicScheduler _scheduler;
    private readonly IActorRef[] _gossips;
    private readonly Random[] _links;
    private int _delivered;

    public Mesh(DeterministicScheduler scheduler, int nodes)
    {
        _scheduler = scheduler;
        _gossips = new IActorRef[nodes];
        _links = new Random[nodes];
        for (int key = 0; key < nodes; key++)
        {
            Start(key);
            _links[key] = _scheduler.CreateRandom(key, 0, "links");
        }
    }

    public int Delivered => _delivered;

    /// <summary>The trace of a run that is stepped through as a whole.</summary>
    public static ulong Trace(ulong seed) => Trace(new DeterministicScheduler(seed));

    /// <summary>The trace of a run whose nodes are spread over threads; the least latency is what they look ahead.</summary>
    public static ulong Trace(ulong seed, int threads) =>
        Trace(new DeterministicScheduler(seed, TimeSpan.FromMicroseconds(LeastLatency), threads));

    public void Run()
    {
        // A fault on the timeline: one node dies and comes back as a fresh system under the same number.
        _scheduler.Schedule(TimeSpan.FromMilliseconds(150), EventClass.Timeline, DeterministicScheduler.DriverNode, 0, () => Start(3));
        _scheduler.Run(
            async () =>
            {
                for (int round = 0; round < 5; round++)
                {
                    _gossips[round].Tell(new Rumour(round, 0));
                    await Task.Delay(TimeSpan.FromMilliseconds(50), _scheduler.TimeProvider);
                    await _gossips[round].Ask<int>("known?", TimeSpan.FromSeconds(1));
                }
            },
            TimeSpan.FromMinutes(1));
        _scheduler.RunFor(TimeSpan.FromMilliseconds(500));
    }

    internal void Send(int from, int to, object message)
    {
        Random link = _links[from];
        if (link.Next(100) < 5)
        {
            return;
        }
        TimeSpan at = _scheduler.Now + TimeSpan.FromMicroseconds(LeastLatency + link.Next(20_000));
        _scheduler.RecordTrace(from, BitConverter.GetBytes(at.Ticks));
        _scheduler.Schedule(at, EventClass.Frame, to, from, () =>
        {
            Interlocked.Increment(ref _delivered);
            _gossips[to].Tell(message);
        });
    }

    private static ulong Trace(DeterministicScheduler scheduler)
    {
        var mesh = new Mesh(scheduler, 10);
        mesh.Run();
        return scheduler.TraceHash;
    }

    private void Start(int key)
    {
        var system = ActorSystem.Create("mesh", new EngineSetup { Deterministic = _scheduler, NodeKey = key });
        Mesh mesh = this;
        Random random = system.CreateRandom("gossip");
        _gossips[key] = system.ActorOf(Props.Create(() => new Gossip(mesh, key, random)), "gossip");
    }

    internal sealed record Rumour(int Id, int Hops);

    internal sealed class Gossip : ReceiveActor, IWithTimers
    {
        private readonly HashSet<int> _known = [];
        private readonly Mesh _mesh;
        private readonly int _key;
        private readonly Random _random;

        public Gossip(Mesh mesh, int key, Random random)
        {
            (_mesh, _key, _random) = (mesh, key, random);
            ReceiveAsync<Rumour>(Learn);
            Receive<string>(_ => Sender.Tell(_known.Count));
            Receive<Tick>(_ => Retell());
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() =>
            Timers.StartPeriodicTimer("tick", Tick.Instance, TimeSpan.FromMilliseconds(40 + _key));

        private async Task Learn(Rumour rumour)
        {
            if (!_known.Add(rumour.Id))
            {
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(5)), _mesh._scheduler.TimeProviderOf(_key));
            if (_random.Next(20) == 0)
            {
                throw new InvalidOperationException("A fault of the mesh's own.");
            }
            foreach (int step in new[] { 1, 3, 7 })
            {
                _mesh.Send(_key, (_key + step) % _mesh._gossips.Length, rumour with { Hops = rumour.Hops + 1 });
            }
        }

        private void Retell()
        {
            if (_known.Count > 0)
            {
                _mesh.Send(_key, _random.Next(_mesh._gossips.Length), new Rumour(_known.Max(), 0));
            }
        }
    }

    internal sealed class Tick
    {
        public static Tick Instance { get; } = new();
    }
}
