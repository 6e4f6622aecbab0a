namespace ActorP2P;

/// <summary>What a node is for in its network.</summary>
public enum NodeRole
{
    /// <summary>It takes part in what the network does.</summary>
    Normal,

    /// <summary>
    /// It tells others where nodes are: it keeps many short connections, and receives no broadcasts. Normal nodes ask
    /// it for addresses, and leave.
    /// </summary>
    Discovery,
}
