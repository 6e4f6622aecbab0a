namespace ActorP2P.Simulation.Tests;

/// <summary>
/// One message of a node is never charged to the budget of what it holds for its peers, but it is released. From then
/// on the budget shows less than there is.
/// </summary>
internal static class UnchargedMessage
{
    private const int Bytes = 100;

    public static void HappenAt(ClusterNode node)
    {
        if (node.IsUp)
        {
            node.Node.Context.Memory.Charge(-Bytes);
        }
    }
}
