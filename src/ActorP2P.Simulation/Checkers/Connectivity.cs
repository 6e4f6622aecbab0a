namespace ActorP2P.Simulation;

/// <summary>Checks that all nodes that should be connected are connected when the faults are over.</summary>
public sealed class Connectivity : Checker
{
    /// <inheritdoc/>
    protected internal override void OnSettled()
    {
        string[] missing = [.. Cluster.Unconnected()];
        if (missing.Length > 0)
        {
            string[] concerned = missing[0].Split(" - ");
            Fail($"Not connected at the end: {string.Join(", ", missing)}.", concerned);
        }
    }
}
