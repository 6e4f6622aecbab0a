namespace ActorP2P.Simulation;

/// <summary>A node was killed while the scenario waited for it.</summary>
public sealed class NodeKilledException : Exception
{
    internal NodeKilledException(string node)
        : base($"The node '{node}' was killed.") => Node = node;

    /// <summary>The node's name.</summary>
    public string Node { get; }
}
