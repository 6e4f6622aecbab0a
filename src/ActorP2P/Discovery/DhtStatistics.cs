namespace ActorP2P;

/// <summary>Figures of a node in the distributed hash table, a snapshot.</summary>
public sealed record DhtStatistics
{
    /// <summary>Nodes in the routing table.</summary>
    public int Nodes { get; init; }

    /// <summary>Nodes that wait for a place in the routing table.</summary>
    public int Waiting { get; init; }

    /// <summary>Records of providers that this node keeps for others.</summary>
    public int Providers { get; init; }

    /// <summary>Lookups that run now.</summary>
    public int Lookups { get; init; }

    /// <summary>Questions that this node has asked.</summary>
    public long Asked { get; init; }

    /// <summary>Questions of other nodes that this node has answered.</summary>
    public long Answered { get; init; }

    /// <summary>What other nodes have done wrong, and how often; only what has happened.</summary>
    public IReadOnlyDictionary<DhtFault, long> Faults { get; init; } = new Dictionary<DhtFault, long>();
}
