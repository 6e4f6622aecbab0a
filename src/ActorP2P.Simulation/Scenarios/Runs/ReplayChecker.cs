namespace ActorP2P.Simulation;

/// <summary>Shows the events that a filter lets through. It checks nothing.</summary>
internal sealed class ReplayChecker(ReplayFilter filter, Action<ReplayedEvent> show) : Checker
{
    /// <summary>Shows what a node's history records.</summary>
    public void Note(Cluster cluster, ClusterNode node, object what)
    {
        if (IsWanted(cluster.World.Now, node.Name, node.Name))
        {
            show(new ReplayedEvent(cluster.World.Now, node.Name, what.ToString() ?? ""));
        }
    }

    protected internal override void OnFrame(in WireFrame frame)
    {
        if (IsWanted(frame.At, frame.Source, frame.Destination))
        {
            show(new ReplayedEvent(frame.At, frame.Source, frame.ToString()));
        }
    }

    private bool IsWanted(TimeSpan at, string one, string other) => at >= filter.From && at <= filter.To
        && (filter.Node is null || filter.Node == one || filter.Node == other);
}
