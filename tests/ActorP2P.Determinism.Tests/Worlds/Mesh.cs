namespace ActorP2P.Determinism.Tests;

/// <summary>
/// A mesh of nodes that gossip over a lossy network, fail, restart and ask each other. Its trace contains everything
/// that happens.
/// </summary>
public sealed class Mesh
{
    // The latency is in microseconds.
    private const int LeastLatency = 1000;

    private readonly SimulatedWorld _world;
    private readonly IActorRef[] _gossips;
    private readonly Random[] _links;
    private int _delivered;
    private int _starts;

    public Mesh(SimulatedWorld world, int nodes)
    {
        _world = world;
        _gossips = new IActorRef[nodes];
        _links = new Random[nodes];
        for (int key = 0; key < nodes; key++)
        {
            Start(key);
            _links[key] = _world.CreateRandom(key, 0, "links");
        }
    }

    public int Delivered => _delivered;

    /// <summary>The trace of a run that is stepped through as one world.</summary>
    public static ulong Trace(ulong seed) => Trace(new SimulatedWorld(seed));

    /// <summary>
    /// The trace of a run whose nodes are distributed over threads. The least latency is the lookahead.
    /// </summary>
    public static ulong Trace(ulong seed, int threads) =>
        Trace(new SimulatedWorld(
            seed, new SimulationOptions { LookAhead = TimeSpan.FromMicroseconds(LeastLatency), Threads = threads }));

    public void Run()
    {
        // This is a fault on the timeline: a node dies and comes back as a new system with the same number.
        _world.Schedule(
            TimeSpan.FromMilliseconds(150), EventClass.Timeline, SimulatedWorld.DriverNode, 0, () => Start(3));
        _world.Run(
            async () =>
            {
                for (int round = 0; round < 5; round++)
                {
                    _gossips[round].Tell(new Rumour(round, 0));
                    await Task.Delay(TimeSpan.FromMilliseconds(50), _world.TimeProvider);
                    await _gossips[round].Ask<int>("known?");
                }
            },
            TimeSpan.FromMinutes(1));
        _world.RunFor(TimeSpan.FromMilliseconds(500));
    }

    internal void Send(int from, int to, object message)
    {
        Random link = _links[from];
        if (link.Next(100) < 5)
        {
            return;
        }
        TimeSpan at = _world.Now + TimeSpan.FromMicroseconds(LeastLatency + link.Next(20_000));
        _world.RecordTrace(from, BitConverter.GetBytes(at.Ticks));
        _world.Schedule(at, EventClass.Frame, to, from, () =>
        {
            Interlocked.Increment(ref _delivered);
            _gossips[to].Tell(message);
        });
    }

    private static ulong Trace(SimulatedWorld world)
    {
        var mesh = new Mesh(world, 10);
        mesh.Run();
        return world.TraceHash;
    }

    private void Start(int key)
    {
        ActorSystem system = SimulatedSystem.Create(_world, "mesh", new SimulatedSystemOptions { Node = key });
        Mesh mesh = this;
        Random random = _world.CreateRandom(key, _starts++, "gossip");
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
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(5)), _mesh._world.TimeProviderOf(_key));
            if (_random.Next(20) == 0)
            {
                throw new InvalidOperationException("A deliberate fault of the mesh.");
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
