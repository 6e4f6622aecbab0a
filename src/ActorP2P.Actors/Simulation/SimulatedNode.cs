namespace ActorP2P.Actors;

/// <summary>One node of a simulation: what is ready on it now, its count of events, its clock and its trace.</summary>
internal sealed class SimulatedNode
{
    [ThreadStatic]
    private static SimulatedNode? t_current;

    private readonly Queue<ReadyItem> _ready = [];
    private readonly Dictionary<Type, ulong> _typeHashes = [];
    private int _incarnations;
    private long _sequence;
    private TimeSpan _counted;
    private int _turns;

    public SimulatedNode(DeterministicScheduler scheduler, int key, SimulatedPartition partition)
    {
        Scheduler = scheduler;
        Key = key;
        Partition = partition;
        Clock = new SimulatedTime(this);
        Context = new SimulatedContext(this);
    }

    /// <summary>The node whose work runs on this thread.</summary>
    public static SimulatedNode? Current => t_current;

    public DeterministicScheduler Scheduler { get; }

    public int Key { get; }

    /// <summary>The nodes that this one shares a thread with.</summary>
    public SimulatedPartition Partition { get; }

    public SimulatedTime Clock { get; }

    public TimeProvider Time => Clock;

    public SynchronizationContext Context { get; private set; }

    /// <summary>Counts the deaths of the node's process; whatever belongs to an earlier life does nothing any more.</summary>
    public int Life { get; private set; }

    public ulong TraceHash { get; private set; }

    public bool IsReady => _ready.Count > 0;

    /// <summary>True while the node is running or stands in the queue of nodes to run.</summary>
    public bool IsQueued { get; set; }

    public static SimulatedNode? Enter(SimulatedNode? node)
    {
        SimulatedNode? outer = t_current;
        t_current = node;
        return outer;
    }

    public void Crash()
    {
        Life++;
        _ready.Clear();
        Context = new SimulatedContext(this);
    }

    public int NextIncarnation() => _incarnations++;

    public long NextSequence() => _sequence++;

    public void CheckThread() => Scheduler.CheckAccess(this);

    public void Enqueue(Mailbox mailbox) => Add(new ReadyItem(mailbox, null, null));

    /// <summary>Enqueues what belongs to one life of the node; another's does nothing any more.</summary>
    public void Enqueue(int life, SendOrPostCallback callback, object? state)
    {
        if (Life == life)
        {
            Enqueue(callback, state);
        }
    }

    public void Enqueue(SendOrPostCallback callback, object? state) => Add(new ReadyItem(null, callback, state));

    /// <summary>
    /// Completes a promise as a step of its own. It runs without a synchronization context, because then
    /// continuations that captured one are posted to it and the others run right here instead of on the thread pool.
    /// </summary>
    public void Post(Action completion) => Enqueue(
        static state =>
        {
            SynchronizationContext? outer = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            try
            {
                ((Action)state!)();
            }
            finally
            {
                SynchronizationContext.SetSynchronizationContext(outer);
            }
        },
        completion);

    /// <summary>Counts a step; says how many there were at this time.</summary>
    public int CountTurn(TimeSpan now)
    {
        if (now != _counted)
        {
            _counted = now;
            _turns = 0;
        }
        return ++_turns;
    }

    public ReadyItem Take() => _ready.Dequeue();

    public void Trace(ActorCell cell, object message)
    {
        Type type = message is TimerMessage timer ? timer.Message.GetType() : message.GetType();
        if (!_typeHashes.TryGetValue(type, out ulong typeHash))
        {
            typeHash = StableHash.Of(type.FullName ?? type.Name);
            _typeHashes[type] = typeHash;
        }
        ulong hash = StableHash.Mix(TraceHash, (ulong)Scheduler.Now.Ticks);
        TraceHash = StableHash.Mix(StableHash.Mix(hash, cell.PathHash), typeHash);
    }

    public void Trace(ReadOnlySpan<byte> bytes) =>
        TraceHash = StableHash.Mix(StableHash.Mix(TraceHash, (ulong)Scheduler.Now.Ticks), StableHash.Of(bytes));

    private void Add(ReadyItem item)
    {
        _ready.Enqueue(item);
        if (!IsQueued)
        {
            IsQueued = true;
            Partition.MarkReady(this);
        }
    }
}
