namespace ActorP2P.Simulation;

/// <summary>When faults are over, whoever should be connected is.</summary>
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
