using System.Collections.Concurrent;

namespace ActorP2P.Actors;

/// <summary>
/// Runs several actor systems, and a program that drives them, in virtual time. A run is a function of the program and the
/// seed: events have a total order, random streams are derived from the seed, promises complete as steps of the run, and
/// nothing may enter from a foreign thread. With a look-ahead the nodes may be spread over several threads, and the run is
/// the same for any number of them.
/// </summary>
public sealed partial class DeterministicScheduler
{
    /// <summary>The number of the driving program, which comes before all nodes.</summary>
    public const int DriverNode = -1;

    /// <summary>When virtual time begins; fixed, so that no run depends on the day it is made.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Nodes are looked up from several threads when there are some.
    private readonly ConcurrentDictionary<int, SimulatedNode> _nodes = [];
    private readonly SimulatedPartition _main;
    private readonly SimulatedNode _driver;
    private int _thread = Environment.CurrentManagedThreadId;
    private bool _running;

    /// <summary>A new world on one thread; equal seeds make equal worlds.</summary>
    public DeterministicScheduler(ulong seed)
        : this(seed, TimeSpan.Zero, [])
    {
    }

    /// <summary>A new world whose nodes are spread over several threads.</summary>
    /// <param name="seed">Equal seeds, with equal look-aheads, make equal worlds, whatever the number of threads.</param>
    /// <param name="lookAhead">
    /// How long everything between two nodes takes at least, such as the least latency of the network; a tick or more. The
    /// more, the less the threads wait for each other. What a node completes for the driving program reaches it so much later.
    /// </param>
    /// <param name="threads">How many threads, the caller's among them; 1 or more.</param>
    public DeterministicScheduler(ulong seed, TimeSpan lookAhead, int threads)
        : this(seed, lookAhead, new SimulatedPartition[threads > 0 ? threads : 0])
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lookAhead, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
    }

    private DeterministicScheduler(ulong seed, TimeSpan lookAhead, SimulatedPartition[] partitions)
    {
        Seed = seed;
        LookAhead = lookAhead;
        _main = new SimulatedPartition(this);
        _partitions = Array.ConvertAll(partitions, _ => new SimulatedPartition(this));
        _driver = Join(DriverNode);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>How long everything between two nodes takes at least; zero in a world that is stepped through as a whole.</summary>
    public TimeSpan LookAhead { get; }

    /// <summary>Virtual time since the start; within a node's work, that node's.</summary>
    public TimeSpan Now => Running?.Now ?? _main.Now;

    /// <summary>How many steps a node may take without virtual time moving on, before it counts as a livelock.</summary>
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

    /// <summary>The partition of this world that runs a window on this thread.</summary>
    private SimulatedPartition? Running =>
        SimulatedPartition.Running is { } running && running.Scheduler == this ? running : null;

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
        SimulatedNode node = Join(nodeKey);
        CheckAccess(node);
        node.Clock.Set(offset, rate);
    }

    /// <summary>
    /// Ends a node as if its process had died: no actor of it runs again, no timer of it fires, no hook is called. Frames on
    /// their way to it still arrive, and find whatever runs under its number then.
    /// </summary>
    public void Crash(int nodeKey)
    {
        SimulatedNode node = Join(nodeKey);
        CheckAccess(node);
        node.Crash();
    }

    /// <summary>Plans an event; the callback runs on the destination node, outside of any actor.</summary>
    /// <param name="at">
    /// Virtual time since the start; not before now, and where a node of a world with a look-ahead plans something for another,
    /// or for the timeline, not before now and the look-ahead.
    /// </param>
    /// <param name="eventClass">Its kind, which orders events of one time and node.</param>
    /// <param name="destinationNode">The node it happens on.</param>
    /// <param name="sourceNode">The node it comes from; its own count orders its events.</param>
    /// <param name="callback">What happens.</param>
    /// <exception cref="InvalidOperationException">It comes too soon, from a foreign thread or from another node's work.</exception>
    public void Schedule(TimeSpan at, EventClass eventClass, int destinationNode, int sourceNode, Action callback)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(at, Now);
        ArgumentNullException.ThrowIfNull(callback);
        SimulatedNode source = Join(sourceNode);
        CheckAccess(source);
        Add(at, eventClass, Join(destinationNode), source, callback);
    }

    /// <summary>Adds bytes, such as a frame's, to the trace of a node.</summary>
    internal void RecordTrace(int nodeKey, ReadOnlySpan<byte> bytes)
    {
        SimulatedNode node = Join(nodeKey);
        CheckAccess(node);
        node.Trace(bytes);
    }

    internal SimulatedNode Join(int key) => _nodes.TryGetValue(key, out SimulatedNode? node)
        ? node
        : _nodes.GetOrAdd(key, static (key, scheduler) => new SimulatedNode(scheduler, key, scheduler.PartitionOf(key)), this);

    internal SimulatedEvent ScheduleTimer(SimulatedNode node, TimeSpan due, Action callback)
    {
        TimeSpan at = Now + (due > TimeSpan.Zero ? due : TimeSpan.Zero);
        return Add(at, EventClass.Timer, node, node, callback);
    }

    internal void CallOff(SimulatedNode node, SimulatedEvent planned)
    {
        // Unlike all else, this is allowed to a foreign thread: what is left when a run has ended may be disposed of anywhere.
        if (Running is not null)
        {
            CheckAccess(node);
        }
        node.Partition.CallOff(planned);
    }

    /// <summary>Brings a continuation onto a node; from the work of another it takes the look-ahead.</summary>
    internal void Post(SimulatedNode node, int life, SendOrPostCallback callback, object? state)
    {
        if (Running is { } running && SimulatedNode.Current is { } source && source != node)
        {
            Add(running.Now + LookAhead, EventClass.Frame, node, source, () => node.Enqueue(life, callback, state));
            return;
        }
        CheckAccess(node);
        node.Enqueue(life, callback, state);
    }

    /// <summary>Whoever touches a node must be in its own work, or in a step that the whole world waits for.</summary>
    internal void CheckAccess(SimulatedNode node)
    {
        if (Running is not null)
        {
            if (SimulatedNode.Current != node)
            {
                throw new InvalidOperationException(
                    $"Node {SimulatedNode.Current?.Key} touches node {node.Key} directly, which takes no time; between nodes of a "
                    + $"simulation with a look-ahead everything is an event (seed {Seed}, virtual time {Now:c}).");
            }
        }
        else if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException(
                $"A simulation runs on threads of its own and something came from another: a Task.Run, a timer without the "
                + $"simulation's TimeProvider, or an await that left it (seed {Seed}, virtual time {Now:c}).");
        }
    }

    private SimulatedPartition PartitionOf(int key) =>
        key == DriverNode || _partitions.Length == 0 ? _main : _partitions[(uint)key % (uint)_partitions.Length];

    private SimulatedEvent Add(
        TimeSpan at, EventClass eventClass, SimulatedNode destination, SimulatedNode source, Action callback)
    {
        var planned = new SimulatedEvent(callback);
        var key = new EventKey(at.Ticks, eventClass, destination.Key, source.Key, source.NextSequence());
        SimulatedPartition target = eventClass == EventClass.Timeline ? _main : destination.Partition;
        if (Running is not { } running || (target == running && destination == source))
        {
            target.Add(planned, key);
        }
        else if (at >= running.Now + LookAhead)
        {
            running.AddLater(target, planned, key);
        }
        else
        {
            throw new InvalidOperationException(
                $"Node {source.Key} plans an event for node {destination.Key} in {at - running.Now:c}, sooner than the "
                + $"look-ahead of {LookAhead:c} (seed {Seed}, virtual time {Now:c}).");
        }
        return planned;
    }
}
