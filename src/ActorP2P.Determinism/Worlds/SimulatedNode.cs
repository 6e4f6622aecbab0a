using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>One node of a simulation: its work, its count of events, its clock and its trace.</summary>
internal sealed class SimulatedNode
{
    /// <summary>
    /// The turns that a node may take at one time before a run whose condition holds may end in the middle of them.
    /// </summary>
    private const int PatientTurns = 1_000;

    [ThreadStatic]
    private static SimulatedNode? t_current;

    private readonly ReadyQueue _ready;
    private readonly NodeTrace _trace;
    private readonly Action _drain;
    private long _sequence;
    private TimeSpan _counted;
    private int _turns;

    public SimulatedNode(SimulatedWorld world, int key, SimulatedPartition partition)
    {
        World = world;
        Key = key;
        Partition = partition;
        Clock = new SimulatedClock(this);
        _ready = QueueOf(world, key);
        _trace = new NodeTrace(world);
        _drain = Drain;
        AkkaRandom = world.CreateRandom(key, 0, "Akka");
        Life = new NodeLife(this);
    }

    /// <summary>The node whose work runs on this thread.</summary>
    public static SimulatedNode? Current => t_current;

    public SimulatedWorld World { get; }

    public int Key { get; }

    /// <summary>The nodes that this one shares a thread with.</summary>
    public SimulatedPartition Partition { get; }

    public SimulatedClock Clock { get; }

    /// <summary>The current life; a crash begins another.</summary>
    public NodeLife Life { get; private set; }

    /// <summary>
    /// The random numbers that Akka uses on this node: for uids of actors, random routers and back-off.
    /// </summary>
    public Random AkkaRandom { get; }

    public ulong TraceHash => _trace.Hash;

    public bool IsReady => !_ready.IsEmpty;

    /// <summary>Whether the node is running or is in the queue of nodes to run.</summary>
    public bool IsQueued { get; set; }

    public static SimulatedNode? Enter(SimulatedNode? node)
    {
        SimulatedNode? outer = t_current;
        t_current = node;
        return outer;
    }

    public void Crash()
    {
        _ready.Clear();
        _trace.ForgetActors();
        Life = new NodeLife(this);
    }

    public long NextSequence() => _sequence++;

    public void Enqueue(in ReadyItem item)
    {
        _ready.Add(item);
        RequeueIfReady();
    }

    /// <summary>Adds the node to the queue of nodes to run if it has work.</summary>
    public void RequeueIfReady()
    {
        if (IsReady && !IsQueued)
        {
            IsQueued = true;
            Partition.MarkReady(this);
        }
    }

    /// <summary>Counts a step, and returns the number of steps at this time.</summary>
    public int CountTurn(TimeSpan now)
    {
        if (now != _counted)
        {
            _counted = now;
            _turns = 0;
        }
        return ++_turns;
    }

    /// <summary>
    /// Runs the node's work until there is none. All of it runs inside one task on the simulation's scheduler, so that
    /// this scheduler is the current one.
    /// </summary>
    public void Run()
    {
        SimulatedNode? outerNode = Enter(this);
        Random outerRandom = AkkaPrivates.SwapRandom(AkkaRandom);
        try
        {
            Task batch = new(_drain);
            batch.RunSynchronously(Life.TaskScheduler);
            batch.GetAwaiter().GetResult();
        }
        finally
        {
            AkkaPrivates.SwapRandom(outerRandom);
            Enter(outerNode);
            IsQueued = false;
            RequeueIfReady();
        }
    }

    public void Trace(ActorCell cell, object message) => _trace.Add(cell, message);

    public void Trace(ReadOnlySpan<byte> bytes) => _trace.Add(bytes);

    public void ForgetInTrace(ActorCell cell) => _trace.Forget(cell);

    private static ReadyQueue QueueOf(SimulatedWorld world, int key)
    {
        bool isDriver = key == SimulatedWorld.DriverNode;
        return world.Exploring is { } run
            ? run.QueueOf(isDriver)
            : world.Options.Shuffle && !isDriver
                ? new ShuffledQueue(world.CreateRandom(key, 0, "order of actors"))
                : new OrderedQueue();
    }

    /// <summary>
    /// Whether an exploration lets the driving program go on, which has something to do, before this node.
    /// </summary>
    private bool IsLeftByProgram() => World.Exploring is { } run && Key != SimulatedWorld.DriverNode && !_ready.IsEmpty
        && (Partition.IsReady || World.MustPause) && run.GoesOn();

    private void Drain()
    {
        while (!_ready.IsEmpty)
        {
            ReadyItem item = _ready.Take();
            Partition.CountTurn(this, item.Mailbox);
            SynchronizationContext.SetSynchronizationContext(item.WithContext ? Life.Context : null);
            item.Run();
            Redirects.Take();
            World.Exploring?.End(item.Mailbox);
            if (World.HasFailed || (_turns > PatientTurns && World.MustPause) || IsLeftByProgram())
            {
                return;
            }
        }
    }
}
