namespace ActorP2P.Simulation;

/// <summary>
/// Checks that a run is correct. It sees everything and changes nothing. One instance serves one cluster.
/// </summary>
public abstract class Checker
{
    private Cluster? _cluster;

    /// <summary>Its name in a failure.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>The cluster it checks.</summary>
    protected Cluster Cluster => _cluster ?? throw new InvalidOperationException("The checker has no cluster yet.");

    /// <summary>The checkers of every cluster, unless the cluster leaves one out.</summary>
    public static IReadOnlyList<Checker> Default() =>
    [
        new EveryAskEnds(), new NoResponseLost(), new NothingTwice(), new LaneOrder(), new BudgetsReturned(),
        new ReasonedCloses(), new Connectivity(),
    ];

    /// <summary>A frame was sent completely.</summary>
    protected internal virtual void OnFrame(in WireFrame frame)
    {
    }

    /// <summary>Something happened on the network.</summary>
    protected internal virtual void OnNetwork(in NetworkEvent happened)
    {
    }

    /// <summary>Something happened to a node.</summary>
    protected internal virtual void OnNodeEvent(ClusterNode node, NodeEvent happened)
    {
    }

    /// <summary>An ask ended without an answer.</summary>
    protected internal virtual void OnAskFailed(ClusterNode node, ClusterAsk ask)
    {
    }

    /// <summary>The program has ended, faults are healed, and the nodes have had time to recover.</summary>
    protected internal virtual void OnSettled()
    {
    }

    /// <summary>All nodes have stopped in order.</summary>
    protected internal virtual void OnStopped()
    {
    }

    internal void Join(Cluster cluster) => _cluster = _cluster is null
        ? cluster
        : throw new InvalidOperationException("The checker has a cluster already.");

    /// <summary>
    /// Records that something happened that is to happen in some run, such as the case that a test is made for. A
    /// scenario lists it in <c>expect.sometimes</c>, and fails when it happened with none of the seeds.
    /// </summary>
    protected void Sometimes(string what, bool happened = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        if (happened)
        {
            Cluster.See(what);
        }
    }

    /// <summary>Fails the run.</summary>
    /// <param name="what">What is wrong.</param>
    /// <param name="nodes">The nodes whose last events are shown; all nodes when there are none.</param>
    protected void Fail(string what, params IReadOnlyList<string> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        Cluster.Fail(Name, what,
            nodes.Count == 0 ? Cluster.Nodes : Cluster.Nodes.Where(node => nodes.Contains(node.Name)), null);
    }
}
