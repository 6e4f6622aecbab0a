namespace ActorP2P.Simulation;

/// <summary>A process could not take part in a simulation over a cluster; the message says why.</summary>
public sealed class ClusterRunException : Exception
{
    internal ClusterRunException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
