using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>One node of a cluster, through all its lives.</summary>
public sealed partial class ClusterNode
{
    // Enough to see what led to a failure, and few enough for ten thousand nodes.
    private const int KeptEvents = 40;
    private const int KeptFrames = 24;

    private readonly Cluster _cluster;
    private readonly History<object> _events = new(KeptEvents);
    private readonly History<WireFrame> _frames = new(KeptFrames);
    private TaskCompletionSource _death = new();
    private P2PNode? _node;
    private ActorSystem? _system;

    internal ClusterNode(Cluster cluster, string name, int key)
    {
        _cluster = cluster;
        Name = name;
        Key = key;
        Address = new PeerAddress(name, 1);
        byte[] id = new byte[NodeId.Size];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(id.AsSpan(NodeId.Size - sizeof(int)), key + 1);
        Id = new NodeId(id);
    }

    /// <summary>Its name, which is also that of its host.</summary>
    public string Name { get; }

    /// <summary>Its number in the world, at least 0.</summary>
    public int Key { get; }

    /// <summary>Where it listens.</summary>
    public PeerAddress Address { get; }

    /// <summary>Its identity, the same in all its lives.</summary>
    public NodeId Id { get; }

    /// <summary>How many lives it has begun.</summary>
    public int Incarnation { get; private set; }

    /// <summary>Whether it runs.</summary>
    public bool IsUp => _node is not null;

    /// <summary>Whether it runs, or is being started.</summary>
    internal bool IsExpected => IsUp || IsStarting;

    /// <summary>Whether a start is under way.</summary>
    internal bool IsStarting { get; set; }

    /// <summary>The node of its current life.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public P2PNode Node => _node ?? throw new InvalidOperationException($"The node '{Name}' is not running.");

    /// <summary>The store of this node: what a program keeps for it beyond its lives.</summary>
    public IDictionary<string, object> Store { get; } = new SortedDictionary<string, object>(StringComparer.Ordinal);

    /// <summary>What the node itself keeps beyond its lives, if <see cref="Cluster.WithPeerStores"/> says so.</summary>
    public MemoryPeerStore PeerStore { get; } = new();

    /// <summary>The node's clock and timers.</summary>
    public TimeProvider TimeProvider => _cluster.World.TimeProviderOf(Key);

    /// <summary>The node's peer with that name, or null.</summary>
    public Peer? FindPeer(string name)
    {
        NodeId id = _cluster[name].Id;
        return _node?.Peers.FirstOrDefault(peer => peer.ClaimedId is { } claimed && claimed == new ClaimedNodeId(id));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}{(IsUp ? "" : " (down)")}";

    /// <summary>Begins a life, which another part of the world may run.</summary>
    internal void BeginLife()
    {
        Incarnation++;
        IsStarting = true;
        _death = new TaskCompletionSource();
    }

    internal async Task StartAsync(P2PNodeOptions settings, Action<ProtocolBuilder> protocol)
    {
        int life = Incarnation - 1;
        SimulatedWorld world = _cluster.World;
        TimeProvider clock = _cluster.TimeOf(this, world.TimeProviderOf(Key));
        ActorSystem system = SimulatedSystem.Create(
            world, "node", new SimulatedSystemOptions { Node = Key, Clock = _ => clock });
        _system = system;
        system.ActorOf(
            Props.CreateBy(new WatcherProducer(happened => _cluster.OnNodeEvent(this, happened))), "watcher");
        P2PNode node = await P2PNode.StartAsync(settings, protocol, new P2PNodeServices
        {
            ActorSystem = system,
            Transport = _cluster.TransportOf(this),
            TimeProvider = clock,
            LoggerFactory = new ClusterLogger(Note),
            Seed = (ulong)world.CreateRandom(Key, life, "node").NextInt64(),
            Identity = NodeIdentity.WithoutKey(Id),
            Signer = SimulatedNetwork.CreateSigner(Id),
            Handshake = _cluster.Network.CreateHandshake(Key, life),
            MeterFactory = _cluster.Meters,
            Name = Name,
            Store = _cluster.HasPeerStores ? PeerStore : null,
        });
        if (_system == system)
        {
            _node = node;
            IsStarting = false;
        }
    }

    internal async Task StopAsync()
    {
        if (_node is not { } node || _system is not { } system)
        {
            return;
        }

        await Unless(node.DisposeAsync().AsTask());
        if (_system == system)
        {
            _node = null;
            Stopped = node;
            await system.Terminate();
        }
    }

    /// <summary>The node that was last stopped in order. Its figures can still be read.</summary>
    internal P2PNode? Stopped { get; private set; }

    internal void Die()
    {
        _node = null;
        _system = null;
        IsStarting = false;
        _death.TrySetResult();
        foreach (ClusterAsk ask in _asks.Where(static ask => ask.EndedAt is null))
        {
            ask.End(_cluster.World.Now, new NodeKilledException(Name));
        }
    }

    internal void Note(object what)
    {
        // A thread of another node may note what happens between the two.
        lock (_events)
        {
            _events.Add(_cluster.World.Now, what);
        }

        _cluster.Noted?.Invoke(this, what);
    }

    internal void Note(in WireFrame frame)
    {
        lock (_events)
        {
            _frames.Add(frame.At, frame);
        }
    }

    internal IEnumerable<(TimeSpan At, string Text)> ReadHistory() =>
        _events.Read().Concat(_frames.Read()).OrderBy(static entry => entry.At);

    /// <summary>Waits for a task of this life. The node's death ends the wait.</summary>
    private async Task Unless(Task task)
    {
        TaskCompletionSource death = _death;
        if (await Task.WhenAny(task, death.Task) == death.Task)
        {
            throw new NodeKilledException(Name);
        }

        await task;
    }

    /// <summary>Makes the watcher without reflection.</summary>
    private sealed class WatcherProducer(Action<NodeEvent> take) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ClusterWatcher);

        public ActorBase Produce() => new ClusterWatcher(take);

        public void Release(ActorBase actor)
        {
            // The watcher holds nothing.
        }
    }
}
