namespace ActorP2P.Actors;

/// <summary>
/// Runs several actor systems, and a program that drives them, on one thread in virtual time. A run is a function of
/// the program and the seed: events have a total order, random streams are derived from the seed, promises complete
/// as steps of the run, and nothing may enter from another thread.
/// </summary>
public sealed partial class DeterministicScheduler
{
    /// <summary>The number of the driving program, which comes before all nodes.</summary>
    public const int DriverNode = -1;

    /// <summary>When virtual time begins; fixed, so that no run depends on the day it is made.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<SimulatedEvent, EventKey> _events = new();
    private readonly Dictionary<int, SimulatedNode> _nodes = [];
    private readonly PriorityQueue<SimulatedNode, int> _ready = new();
    private readonly SimulatedNode _driver;
    private int _thread = Environment.CurrentManagedThreadId;
    private int _calledOff;
    private int _turnsAtThisTime;
    private bool _running;

    /// <summary>A new world; equal seeds make equal worlds.</summary>
    public DeterministicScheduler(ulong seed)
    {
        Seed = seed;
        _driver = Join(DriverNode);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How many steps the nodes may take without virtual time moving on, before it counts as a livelock.</summary>
    public int MaxTurnsPerInstant { get; init; } = 1_000_000;

    /// <summary>The clock and timers of the driving program.</summary>
    public TimeProvider TimeProvider => _driver.Time;

    /// <summary>Brings continuations of the driving program back into the run.</summary>
    public SynchronizationContext SynchronizationContext => _driver.Context;

    /// <summary>All that happened, in one number: equal for equal runs.</summary>
    public ulong TraceHash
    {
        get
        {
            ulong hash = StableHash.Mix(0, Seed);
            foreach (SimulatedNode node in _nodes.Values.OrderBy(static node => node.Key))
            {
                hash = StableHash.Mix(StableHash.Mix(hash, (ulong)node.Key), node.TraceHash);
            }
            return hash;
        }
    }

    /// <summary>The clock and timers of a node.</summary>
    public TimeProvider TimeProviderOf(int nodeKey) => Join(nodeKey).Time;

    /// <summary>Brings work and continuations onto a node, outside of any actor.</summary>
    public SynchronizationContext SynchronizationContextOf(int nodeKey) => Join(nodeKey).Context;

    /// <summary>A stream of random numbers of its own for a node's incarnation and a purpose.</summary>
    public Random CreateRandom(int nodeKey, int incarnation, string purpose)
    {
        ulong derived = StableHash.Mix(StableHash.Mix(Seed, (ulong)nodeKey), (ulong)incarnation);
        return new SeededRandom(StableHash.Mix(derived, StableHash.Of(purpose)));
    }

    /// <summary>Gives a node's clock an offset and a rate; 1.0001 gains a tenth of a millisecond per second.</summary>
    public void SetClock(int nodeKey, TimeSpan offset, double rate = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        CheckThread();
        Join(nodeKey).Clock.Set(offset, rate);
    }

    /// <summary>
    /// Ends a node as if its process had died: no actor of it runs again, no timer of it fires, no hook is called. Frames on
    /// their way to it still arrive, and find whatever runs under its number then.
    /// </summary>
    public void Crash(int nodeKey)
    {
        CheckThread();
        Join(nodeKey).Crash();
    }

    /// <summary>Plans an event; the callback runs on the destination node, outside of any actor.</summary>
    /// <param name="at">Virtual time since the start; not before now.</param>
    /// <param name="eventClass">Its kind, which orders events of one time and node.</param>
    /// <param name="destinationNode">The node it happens on.</param>
    /// <param name="sourceNode">The node it comes from; its own count orders its events.</param>
    /// <param name="callback">What happens.</param>
    public void Schedule(TimeSpan at, EventClass eventClass, int destinationNode, int sourceNode, Action callback)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, Now);
        ArgumentNullException.ThrowIfNull(callback);
        CheckThread();
        Add(at, eventClass, Join(destinationNode), Join(sourceNode), callback);
    }

    /// <summary>Adds bytes, such as a frame's, to the trace of a node.</summary>
    internal void RecordTrace(int nodeKey, ReadOnlySpan<byte> bytes) => Join(nodeKey).Trace(bytes);

    internal SimulatedNode Join(int key)
    {
        if (!_nodes.TryGetValue(key, out SimulatedNode? node))
        {
            node = new SimulatedNode(this, key);
            _nodes.Add(key, node);
        }
        return node;
    }

    internal void MarkReady(SimulatedNode node) => _ready.Enqueue(node, node.Key);

    internal SimulatedEvent ScheduleTimer(SimulatedNode node, TimeSpan due, Action callback)
    {
        TimeSpan at = Now + (due > TimeSpan.Zero ? due : TimeSpan.Zero);
        return Add(at, EventClass.Timer, node, node, callback);
    }

    internal void CallOff(SimulatedEvent planned)
    {
        if (planned.Cancelled)
        {
            return;
        }
        planned.Cancelled = true;
        // Most timeouts are called off; they must not pile up until their time comes.
        if (++_calledOff > 1024 && _calledOff > _events.Count / 2)
        {
            (SimulatedEvent, EventKey)[] living = [.. _events.UnorderedItems.Where(static item => !item.Element.Cancelled)];
            _events.Clear();
            _events.EnqueueRange(living);
            _calledOff = 0;
        }
    }

    internal void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException(
                $"A simulation runs on one thread and something came from another: a Task.Run, a timer without the "
                + $"simulation's TimeProvider, or an await that left it (seed {Seed}, virtual time {Now:c}).");
        }
    }

    private SimulatedEvent Add(
        TimeSpan at, EventClass eventClass, SimulatedNode destination, SimulatedNode source, Action callback)
    {
        var planned = new SimulatedEvent(callback);
        _events.Enqueue(planned, new EventKey(at.Ticks, eventClass, destination.Key, source.Key, source.NextSequence()));
        return planned;
    }
}
