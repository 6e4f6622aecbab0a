namespace ActorP2P.Simulation;

/// <summary>Checks that every ask of a living node ends, within its timeout.</summary>
public sealed class EveryAskEnds : Checker
{
    // Deadlines are met to ten milliseconds. A second leaves room for that and for a slow clock.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected internal override void OnSettled() => Check(mayWait: true);

    /// <inheritdoc/>
    protected internal override void OnStopped() => Check(mayWait: false);

    private void Check(bool mayWait)
    {
        TimeSpan now = Cluster.World.Now;
        foreach (ClusterAsk ask in Cluster.Nodes.SelectMany(static node => node.Asks))
        {
            if (ask.EndedAt is null && (!mayWait || now - ask.StartedAt > ask.Timeout + Late))
            {
                Fail($"{ask} has not ended.", ask.Asker);
                return;
            }
        }
    }
}
