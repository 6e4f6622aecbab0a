namespace ActorP2P.Simulation.Tests;

/// <summary>
/// One message of a node is charged to the budget of what it holds for its peers, and is never released.
/// </summary>
internal static class KeptCharge
{
    private const int Bytes = 100;

    public static void HappenAt(ClusterNode node)
    {
        if (node.IsUp)
        {
            node.Node.Context.Memory.Charge(Bytes);
        }
    }
}
