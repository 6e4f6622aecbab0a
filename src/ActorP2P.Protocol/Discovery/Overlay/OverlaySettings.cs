namespace ActorP2P.Protocol;

/// <summary>What the plan of connections has to reach.</summary>
/// <param name="Target">The connections that the node dials and keeps.</param>
/// <param name="Role">What the node is for.</param>
/// <param name="Bootstrap">The nodes to begin with.</param>
/// <param name="DnsNames">The names to begin with.</param>
internal sealed record OverlaySettings(
    int Target, NodeRole Role, IReadOnlyList<PeerAddress> Bootstrap, IReadOnlyList<PeerAddress> DnsNames)
{
    /// <summary>The connections to one network from which on nobody else there is dialled for the target.</summary>
    public int PerGroup { get; init; } = 1;
}
