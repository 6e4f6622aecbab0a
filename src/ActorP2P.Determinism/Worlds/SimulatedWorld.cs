using System.Collections.Concurrent;

namespace ActorP2P.Determinism;

/// <summary>
/// Runs several Akka.NET actor systems, and a program that drives them, in virtual time. A run is a function of the program and
/// the seed: events have a total order, random streams are derived from the seed, promises complete as steps of the run, and
/// what leaves the simulation ends it. With a look-ahead the nodes may be spread over several threads, and the run is the same
/// for any number of them.
/// </summary>
public sealed partial class SimulatedWorld
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

    /// <summary>A new world; equal seeds and options make equal worlds, whatever the number of threads.</summary>
    /// <exception cref="SimulationNotSupportedException">
    /// This version of Akka.NET or of the runtime is not one that can be simulated, or not with the redirects of the options; the
    /// message names what is missing.
    /// </exception>
    public SimulatedWorld(ulong seed, SimulationOptions? options = null)
        : this(seed, (options ?? new SimulationOptions()).Validated(), isChecked: true)
    {
    }

    internal SimulatedWorld(ulong seed, SimulationOptions options, bool isChecked)
    {
        if (isChecked)
        {
            SelfCheck.Require();
        }
        Redirects.Install(options.Redirects);
        Seed = seed;
        Options = options;
        _main = new SimulatedPartition(this);
        _partitions = new SimulatedPartition[options.LookAhead > TimeSpan.Zero ? options.Threads : 0];
        for (int number = 0; number < _partitions.Length; number++)
        {
            _partitions[number] = new SimulatedPartition(this);
        }
        _driver = Join(DriverNode);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>How the world runs.</summary>
    public SimulationOptions Options { get; }

    /// <summary>Virtual time since the start; within a node's work, that node's.</summary>
    public TimeSpan Now => Running?.Now ?? _main.Now;

    /// <summary>The clock and timers of the driving program.</summary>
    public TimeProvider TimeProvider => _driver.Clock;

    /// <summary>Brings continuations of the driving program back into the run.</summary>
    public SynchronizationContext SynchronizationContext => _driver.Life.Context;

    /// <summary>True on the thread that the world belongs to: the one that made it or runs it.</summary>
    public bool IsMine => Running is not null || Environment.CurrentManagedThreadId == Volatile.Read(ref _thread);

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
        SimulatedPartition.Running is { } running && running.World == this ? running : null;

    /// <summary>The clock and timers of a node.</summary>
    public TimeProvider TimeProviderOf(int nodeKey) => Join(nodeKey).Clock;

    /// <summary>Brings work and continuations onto a node, outside of any actor.</summary>
    public SynchronizationContext SynchronizationContextOf(int nodeKey) => Join(nodeKey).Life.Context;

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
        : _nodes.GetOrAdd(key, static (key, world) => new SimulatedNode(world, key, world.PartitionOf(key)), this);

    internal SimulatedEvent ScheduleTimer(SimulatedNode node, TimeSpan due, Action callback)
    {
        TimeSpan wait = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        // A wait beyond the end of time is one that never ends.
        TimeSpan at = wait < TimeSpan.MaxValue - Now ? Now + wait : TimeSpan.MaxValue;
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

    /// <summary>
    /// Brings work onto a node; from the work of another it takes the look-ahead, and from a foreign thread it is dropped.
    /// </summary>
    internal void Post(NodeLife life, ReadyItem item)
    {
        if (Running is { } running && SimulatedNode.Current is { } source && source != life.Node)
        {
            Add(running.Now + Options.LookAhead, EventClass.Frame, life.Node, source, () => life.Enqueue(item));
            return;
        }
        if (Admits(life.Node, "a continuation"))
        {
            life.Enqueue(item);
        }
    }

    /// <summary>True where a node may be touched: in its own work, or in a step that the whole world waits for.</summary>
    internal bool IsOn(SimulatedNode node) => Running is null
        ? Environment.CurrentManagedThreadId == Volatile.Read(ref _thread)
        : SimulatedNode.Current == node;

    /// <summary>
    /// Says whether a node may be touched here. A foreign thread fails the run but gets no exception: it reaches the simulation
    /// through Akka or the runtime, so nobody may be there to catch it, and that would end the process. What it wants is
    /// to be dropped.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="what">What is brought, for the report.</param>
    /// <exception cref="InvalidOperationException">Another node's work touches it, which fails the run too.</exception>
    internal bool Admits(SimulatedNode node, string what)
    {
        if (IsOn(node))
        {
            return true;
        }
        if (Running is not null)
        {
            throw ReportTouch(node);
        }
        ReportForeign(what);
        return false;
    }

    /// <summary>
    /// For direct calls of the simulation: whoever touches a node must be in its own work, or in a step that the whole world
    /// waits for.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is not so, which fails the run too.</exception>
    internal void CheckAccess(SimulatedNode node)
    {
        if (IsOn(node))
        {
            return;
        }
        throw Running is null ? ReportForeign("something") : ReportTouch(node);
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
        else if (at >= running.Now + Options.LookAhead)
        {
            running.AddLater(target, planned, key);
        }
        else
        {
            throw new InvalidOperationException(
                $"Node {source.Key} plans an event for node {destination.Key} in {at - running.Now:c}, sooner than the "
                + $"look-ahead of {Options.LookAhead:c} (seed {Seed}, virtual time {Now:c}).");
        }
        return planned;
    }
}
