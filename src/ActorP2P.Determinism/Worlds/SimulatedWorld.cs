using System.Collections.Concurrent;

namespace ActorP2P.Determinism;

/// <summary>
/// Runs several Akka.NET actor systems, and a program that drives them, in virtual time. A run is a function
/// of the program and the seed: events have a total order, random streams are derived from the seed, promises
/// complete as steps of the run, and anything that leaves the simulation ends the run. With a look-ahead the
/// nodes may be spread over several threads, and the run is the same for any number of them.
/// </summary>
public sealed partial class SimulatedWorld
{
    /// <summary>The number of the driving program, which comes before all nodes.</summary>
    public const int DriverNode = -1;

    /// <summary>
    /// The start of virtual time. It is fixed, so that no run depends on the day on which it is made.
    /// </summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Nodes are looked up from several threads when there are several.
    private readonly ConcurrentDictionary<int, SimulatedNode> _nodes = [];
    private readonly SimulatedPartition _main;
    private readonly SimulatedNode _driver;
    private int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Makes a world. Equal seeds and options make equal worlds, whatever the number of threads.</summary>
    /// <exception cref="SimulationNotSupportedException">
    /// This version of Akka.NET or of the runtime cannot be simulated, or not with the redirects of the options; the
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
        Exploring = options.Run;
        Exploring?.Attach(this);
        _driver = Join(DriverNode);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The options of the world.</summary>
    public SimulationOptions Options { get; }

    /// <summary>Virtual time since the start; inside a node's work, the time of that node.</summary>
    public TimeSpan Now => Running?.Now ?? _main.Now;

    /// <summary>The clock and timers of the driving program.</summary>
    public TimeProvider TimeProvider => _driver.Clock;

    /// <summary>Returns continuations of the driving program to the run.</summary>
    public SynchronizationContext SynchronizationContext => _driver.Life.Context;

    /// <summary>Whether this thread is the one that the world belongs to: the one that made it or runs it.</summary>
    public bool IsMine => Running is not null || Environment.CurrentManagedThreadId == Volatile.Read(ref _thread);

    /// <summary>All events combined into one number, which is equal for equal runs.</summary>
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

    /// <summary>The run of an exploration that decides the order; null outside of one.</summary>
    internal ScheduleRun? Exploring { get; }

    /// <summary>The clock and timers of a node.</summary>
    public TimeProvider TimeProviderOf(int nodeKey) => Join(nodeKey).Clock;

    /// <summary>Moves work and continuations onto a node, outside of any actor.</summary>
    public SynchronizationContext SynchronizationContextOf(int nodeKey) => Join(nodeKey).Life.Context;

    /// <summary>Makes a stream of random numbers for a node, its incarnation and a purpose.</summary>
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
    /// Ends a node as if its process had died: its actors no longer run, its timers no longer fire, and no
    /// hook is called. Frames on their way to it still arrive at whatever runs under its number then.
    /// </summary>
    public void Crash(int nodeKey)
    {
        SimulatedNode node = Join(nodeKey);
        CheckAccess(node);
        node.Crash();
    }

    /// <summary>Plans an event; the callback runs on the destination node, outside of any actor.</summary>
    /// <param name="at">
    /// Virtual time since the start, at the earliest now. When a node of a world with a look-ahead plans
    /// an event for another node or for the timeline, it is at the earliest now plus the look-ahead.
    /// </param>
    /// <param name="eventClass">Its class, which orders events of the same time and node.</param>
    /// <param name="destinationNode">The node on which it happens.</param>
    /// <param name="sourceNode">The node that plans it, whose own count orders its events.</param>
    /// <param name="callback">The code to run.</param>
    /// <exception cref="InvalidOperationException">
    /// The event is too soon, or a foreign thread or another node's work plans it.
    /// </exception>
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
        // A wait beyond the greatest time never ends.
        TimeSpan at = wait < TimeSpan.MaxValue - Now ? Now + wait : TimeSpan.MaxValue;
        return Exploring is { } run && run.Now.Lane.ActorType is not null
            ? ScheduleExplored(run, node, at, callback)
            : Add(at, EventClass.Timer, node, node, callback);
    }

    /// <summary>
    /// Plans a timer of an actor whose place among all that happens at its time an exploration decides.
    /// </summary>
    private SimulatedEvent ScheduleExplored(ScheduleRun run, SimulatedNode node, TimeSpan at, Action callback)
    {
        NodeLife life = node.Life;
        SimulatedEvent? planned = null;
        TimeSpan lateness = run.Faults.Lateness(run.Now.Lane);
        TimeSpan late = at < TimeSpan.MaxValue - lateness ? at + lateness : at;
        planned = Add(late, EventClass.Timer, node, node, () => life.EnqueueBare(() =>
        {
            if (!planned!.Cancelled)
            {
                callback();
            }
        }));
        return planned;
    }

    /// <summary>
    /// Plans the arrival of a message that an exploration has delayed; it is lost when the node crashes first.
    /// </summary>
    internal void DeliverLater(NodeLife life, TimeSpan delay, Action deliver) =>
        Add(Now + delay, EventClass.Timer, life.Node, life.Node, () =>
        {
            if (!life.IsOver)
            {
                deliver();
            }
        });

    internal void CallOff(SimulatedNode node, SimulatedEvent planned)
    {
        // Unlike all else, a foreign thread may do this: objects that are left after a run may be disposed on any
        // thread.
        if (Running is not null)
        {
            CheckAccess(node);
        }
        node.Partition.CallOff(planned);
    }

    /// <summary>
    /// Queues work on a node. From the work of another node it takes the look-ahead; from a foreign thread it is
    /// dropped.
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

    /// <summary>
    /// Whether a node may be used now: in its own work, or in a step for which the whole world waits.
    /// </summary>
    internal bool IsOn(SimulatedNode node) => Running is null
        ? Environment.CurrentManagedThreadId == Volatile.Read(ref _thread)
        : SimulatedNode.Current == node;

    /// <summary>
    /// Checks that a node may be used now. A foreign thread fails the run and gets no exception: it reaches the
    /// simulation through Akka or the runtime, where an uncaught exception would end the process. The caller must drop
    /// its work.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="what">The intended action, for the report.</param>
    /// <exception cref="InvalidOperationException">
    /// The work of another node uses it, which fails the run too.
    /// </exception>
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
    /// Checks a direct call of the simulation: it must come from the node's own work, or from a step for which the
    /// whole world waits.
    /// </summary>
    /// <exception cref="InvalidOperationException">The call comes from elsewhere, which also fails the run.</exception>
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
        var planned = new SimulatedEvent(Exploring is { } run ? run.Flow.Planned(callback) : callback);
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
