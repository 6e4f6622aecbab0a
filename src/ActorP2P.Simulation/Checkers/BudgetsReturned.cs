namespace ActorP2P.Simulation;

/// <summary>
/// Checks that nodes return what they reserve for messages: nothing is left when all have stopped, and never less than
/// nothing.
/// </summary>
public sealed class BudgetsReturned : Checker
{
    /// <inheritdoc/>
    protected internal override void OnSettled()
    {
        foreach (ClusterNode node in Cluster.Nodes.Where(static node => node.IsUp))
        {
            long reserved = node.Node.Statistics.ReassemblyBytes;
            if (reserved < 0 || reserved > 2 * Cluster.SettingsOf(node).ReassemblyBudget)
            {
                Fail($"{node.Name} holds {reserved} bytes of its reassembly budget.", node.Name);
            }
        }
    }

    /// <inheritdoc/>
    protected internal override void OnStopped()
    {
        foreach (ClusterNode node in Cluster.Nodes)
        {
            if (node.Stopped?.Statistics.ReassemblyBytes is { } reserved and not 0)
            {
                Fail($"{node.Name} has stopped and holds {reserved} bytes of its reassembly budget.", node.Name);
            }

            if (node.Stopped?.Statistics is { } statistics
                && (statistics.HeldBytes != 0 || statistics.WindowBytes != 0))
            {
                Fail(
                    $"{node.Name} has stopped and holds {statistics.HeldBytes} bytes, "
                    + $"{statistics.WindowBytes} for windows.", node.Name);
            }
        }
    }
}
