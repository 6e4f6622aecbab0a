using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A snapshot of what a node knows of others, and of what it was told in vain.</summary>
public sealed record DiscoveryStatistics
{
    /// <summary>Addresses in the book.</summary>
    public int Addresses { get; init; }

    /// <summary>Those of them that have worked.</summary>
    public int Tried { get; init; }

    /// <summary>The networks that they belong to, /16 of IPv4 and /32 of IPv6.</summary>
    public int Networks { get; init; }

    /// <summary>Connections that the node has dialled and wants to keep.</summary>
    public int Outbound { get; init; }

    /// <summary>What the node did not take, by reason; every reason is there.</summary>
    public IReadOnlyDictionary<RecordRefusal, long> Refused { get; init; } =
        new SortedDictionary<RecordRefusal, long>();
}
