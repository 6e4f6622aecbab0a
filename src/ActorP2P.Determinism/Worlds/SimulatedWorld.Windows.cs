namespace ActorP2P.Determinism;

/// <content>
/// Worlds with a look-ahead. Nothing that a node does reaches another node sooner than the look-ahead. All nodes can
/// therefore run at the same time from the time of the next event up to the look-ahead. The windows depend on the
/// events only.
/// </content>
public sealed partial class SimulatedWorld
{
    private readonly SimulatedPartition[] _partitions;
    private readonly List<SimulatedPartition> _busy = [];
    private SimulationThreads? _threads;
    private long _safe;

    /// <summary>The other parts of a world that is spread over several; null when this is the whole world.</summary>
    internal IWorldParts? OtherParts { get; set; }

    /// <summary>
    /// What happened on a node so far, combined into one number; 0 for a node on which nothing happened.
    /// </summary>
    internal ulong TraceOf(int nodeKey) => _nodes.TryGetValue(nodeKey, out SimulatedNode? node) ? node.TraceHash : 0;

    /// <summary>Combines the traces of all nodes, in the order of their numbers, into that of a world.</summary>
    internal static ulong Combine(ulong seed, IEnumerable<(int Key, ulong Trace)> nodes) => nodes.Aggregate(
        StableHash.Mix(0, seed),
        static (hash, node) => StableHash.Mix(StableHash.Mix(hash, (ulong)node.Key), node.Trace));

    /// <summary>
    /// Runs the driver's next step or the next window of all nodes; false when there is no work up to the end. A part
    /// of a world first runs everything up to the time that the parts have agreed on, and then agrees with them again.
    /// </summary>
    private bool StepWorld(long end)
    {
        if (OtherParts is not { } others)
        {
            return StepOwn(end);
        }
        while (!StepOwn(Math.Min(end, _safe - 1)))
        {
            long next = _partitions.Min(static partition => partition.NextTime());
            long agreed = others.Agree(Math.Min(next, _main.NextTime()));
            if (agreed > end)
            {
                return false;
            }
            _safe = agreed < long.MaxValue - others.LookAhead.Ticks ? agreed + others.LookAhead.Ticks : long.MaxValue;
        }
        return true;
    }

    private bool StepOwn(long end)
    {
        bool nodesAreReady = false;
        long next = long.MaxValue;
        foreach (SimulatedPartition partition in _partitions)
        {
            next = Math.Min(next, partition.NextTime());
            nodesAreReady |= partition.IsReady;
        }
        // The timeline and the driver come before all nodes at their time, but after the work that they have started
        // earlier.
        if (_main.IsReady || (!nodesAreReady && _main.NextTime() <= next))
        {
            return StepMain(end);
        }
        if (next > end)
        {
            return false;
        }
        RunWindow(Math.Min(Math.Min(next + Options.LookAhead.Ticks, _main.NextTime()), end + 1));
        return true;
    }

    private bool StepMain(long end)
    {
        bool stepped = _main.Step(end);
        MoveClocks(_main.Now);
        return stepped;
    }

    private void RunWindow(long horizon)
    {
        _busy.Clear();
        foreach (SimulatedPartition partition in _partitions)
        {
            if (partition.IsReady || partition.NextTime() < horizon)
            {
                _busy.Add(partition);
            }
        }
        if (_busy.Count == 1)
        {
            _busy[0].RunWindow(horizon);
        }
        else
        {
            _threads!.Run(_busy, horizon);
        }
        foreach (SimulatedPartition partition in _busy)
        {
            partition.Deliver();
        }
        MoveClocks(_busy.Max(static partition => partition.Now));
        // The first failure in the order of events, which is the same however the nodes are spread over threads.
        _busy.Where(static partition => partition.Failure is not null)
            .MinBy(static partition => partition.Failure!.Step)?.Failure!.Cause.Throw();
    }

    private void MoveClocks(TimeSpan now)
    {
        _main.Now = now;
        foreach (SimulatedPartition partition in _partitions)
        {
            partition.Now = now;
        }
    }
}
