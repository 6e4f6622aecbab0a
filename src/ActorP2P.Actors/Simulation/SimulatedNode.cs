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
    private TimeSpan _clockBase;
    private TimeSpan _clockSince;
    private TimeSpan _clockOffset;
    private double _clockRate = 1;

    public SimulatedNode(DeterministicScheduler scheduler, int key)
    {
        Scheduler = scheduler;
        Key = key;
        Time = new SimulatedTime(this);
        Context = new SimulatedContext(this);
    }

    /// <summary>The node whose work runs on this thread.</summary>
    public static SimulatedNode? Current => t_current;

    public DeterministicScheduler Scheduler { get; }

    public int Key { get; }

    public TimeProvider Time { get; }

    public SynchronizationContext Context { get; }

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

    /// <summary>Whether the node was killed; whatever still holds on to it holds on to nothing.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Time since the start by the node's own clock.</summary>
    public TimeSpan LocalNow => _clockBase + ((Scheduler.Now - _clockSince) * _clockRate);

    /// <summary>The node's time of day.</summary>
    public DateTimeOffset LocalTimeOfDay => DeterministicScheduler.Start + LocalNow + _clockOffset;

    public void SetClock(TimeSpan offset, double rate)
    {
        // What the clock has shown so far stays: a rate that began at zero would make it jump.
        _clockBase = LocalNow;
        _clockSince = Scheduler.Now;
        _clockOffset = offset;
        _clockRate = rate;
    }

    /// <summary>How long a span of the node's clock takes in virtual time.</summary>
    public TimeSpan ToVirtual(TimeSpan local) => _clockRate == 1 ? local : local / _clockRate;

    /// <summary>Ends the node, and makes the one that takes its place with nothing but its counts and its clock.</summary>
    public SimulatedNode Die()
    {
        IsDead = true;
        _ready.Clear();
        return new SimulatedNode(Scheduler, Key)
        {
            _incarnations = _incarnations,
            _sequence = _sequence,
            _clockBase = _clockBase,
            _clockSince = _clockSince,
            _clockOffset = _clockOffset,
            _clockRate = _clockRate,
            TraceHash = TraceHash,
        };
    }

    public int NextIncarnation() => _incarnations++;

    public long NextSequence() => _sequence++;

    public void CheckThread() => Scheduler.CheckThread();

    public void Enqueue(Mailbox mailbox) => Add(new ReadyItem(mailbox, null, null));

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
        if (IsDead)
        {
            return;
        }
        _ready.Enqueue(item);
        if (!IsQueued)
        {
            IsQueued = true;
            Scheduler.MarkReady(this);
        }
    }
}
