using System.Runtime.ExceptionServices;
using Akka.Dispatch;

namespace ActorP2P.Determinism;

/// <summary>
/// Nodes that run on one thread in the order of their events, with a clock of their own while they do.
/// </summary>
internal sealed class SimulatedPartition(SimulatedWorld world)
{
    [ThreadStatic]
    private static SimulatedPartition? t_running;

    private readonly PriorityQueue<SimulatedEvent, EventKey> _events = new();
    private readonly PriorityQueue<SimulatedNode, int> _ready = new();
    private readonly List<(SimulatedPartition To, SimulatedEvent Planned, EventKey Key)> _outgoing = [];
    private StepKey _step;
    private int _calledOff;

    /// <summary>The partition whose window this thread runs; null while a world is run as a whole.</summary>
    public static SimulatedPartition? Running => t_running;

    public SimulatedWorld World => world;

    public TimeSpan Now { get; set; }

    public bool IsReady => _ready.Count > 0;

    public bool IsEmpty => _events.Count == 0;

    /// <summary>The exception that ended the last window early, and the step that threw it.</summary>
    public StepFailure? Failure { get; private set; }

    public void Add(SimulatedEvent planned, in EventKey key) => _events.Enqueue(planned, key);

    /// <summary>Adds an event to another partition when all partitions have reached the end of the window.</summary>
    public void AddLater(SimulatedPartition to, SimulatedEvent planned, in EventKey key) =>
        _outgoing.Add((to, planned, key));

    public void MarkReady(SimulatedNode node) => _ready.Enqueue(node, node.Key);

    public void CallOff(SimulatedEvent planned)
    {
        if (planned.Cancelled)
        {
            return;
        }
        planned.Cancelled = true;
        // Most timeouts are cancelled. They must not accumulate until their time comes.
        if (++_calledOff > 1024 && _calledOff > _events.Count / 2)
        {
            (SimulatedEvent, EventKey)[] living =
                [.. _events.UnorderedItems.Where(static item => !item.Element.Cancelled)];
            _events.Clear();
            _events.EnqueueRange(living);
            _calledOff = 0;
        }
    }

    /// <summary>The time of the next work here, in ticks; the greatest number when there is none.</summary>
    public long NextTime() => IsReady ? Now.Ticks : TryPeek(out EventKey key) ? key.Time : long.MaxValue;

    /// <summary>One node's next batch: all its events of one time, then its turns until it is quiet.</summary>
    /// <returns>False when there is no work up to the end.</returns>
    public bool Step(long end)
    {
        Redirects.Take();
        if (_ready.TryDequeue(out SimulatedNode? ready, out _))
        {
            _step = new StepKey(Now, IsEvent: false, ready.Key);
            world.CountStep(ready.Key);
            ready.Run();
            return true;
        }
        if (!TryPeek(out EventKey key) || key.Time > end)
        {
            return false;
        }
        Now = new TimeSpan(Math.Max(key.Time, Now.Ticks));
        SimulatedNode node = world.Join(key.Destination);
        _step = new StepKey(Now, IsEvent: true, node.Key);
        world.CountStep(node.Key);
        bool isMine = node.Partition == this;
        node.IsQueued |= isMine;
        Inject(node, key);
        if (isMine)
        {
            node.Run();
        }
        return true;
    }

    /// <summary>Runs everything before the horizon, while other partitions do the same.</summary>
    public void RunWindow(long horizon)
    {
        Failure = null;
        t_running = this;
        SimulatedWorld? outer = LeakDetector.Watch(world);
        SimulatedWorld? outerRedirected = Redirects.Enter(world);
        try
        {
            while (!world.HasFailed && Step(horizon - 1))
            {
                // Nothing to do: each step is progress.
            }
        }
        catch (Exception cause)
        {
            // The world throws it again when all partitions have stopped.
            Failure = new StepFailure(_step, ExceptionDispatchInfo.Capture(cause));
        }
        finally
        {
            Redirects.Take();
            t_running = null;
            LeakDetector.Watch(outer);
            Redirects.Enter(outerRedirected);
            SimulatedNode.Enter(null);
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    /// <summary>Delivers the events that were planned for other partitions during the window.</summary>
    public void Deliver()
    {
        foreach ((SimulatedPartition to, SimulatedEvent planned, EventKey key) in _outgoing)
        {
            to.Add(planned, key);
        }
        _outgoing.Clear();
    }

    private bool TryPeek(out EventKey key)
    {
        while (_events.TryPeek(out SimulatedEvent? next, out key))
        {
            if (!next.Cancelled)
            {
                return true;
            }
            _events.Dequeue();
            _calledOff = Math.Max(0, _calledOff - 1);
        }
        return false;
    }

    private void Inject(SimulatedNode node, EventKey first)
    {
        SimulatedNode.Enter(node);
        // Without a context, so that a task completed here posts to the context that its awaiter captured.
        SynchronizationContext.SetSynchronizationContext(null);
        Random outerRandom = AkkaPrivates.SwapRandom(node.AkkaRandom);
        try
        {
            while (_events.TryPeek(out SimulatedEvent? next, out EventKey key) && key.SameBatch(first))
            {
                _events.Dequeue();
                CountTurn(node, null);
                if (!next.Cancelled)
                {
                    next.Run();
                    Redirects.Take();
                }
            }
        }
        finally
        {
            AkkaPrivates.SwapRandom(outerRandom);
        }
    }

    /// <summary>Counts a step of a node, and ends the run when there are too many at one time.</summary>
    public void CountTurn(SimulatedNode node, IRunnable? mailbox)
    {
        if (node.CountTurn(Now) > world.Options.MaxTurnsPerInstant)
        {
            string who = (mailbox as Mailbox ?? (mailbox as PriorityRun)?.Mailbox) is { } box
                ? AkkaPrivates.ActorOf(box).Self.Path.ToString()
                : "continuations";
            throw new SimulationException(
                $"Livelock: {world.Options.MaxTurnsPerInstant} steps without virtual time moving on, the last of {who}",
                world.Seed,
                Now);
        }
    }
}
