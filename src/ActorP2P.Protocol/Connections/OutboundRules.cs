namespace ActorP2P.Protocol;

/// <summary>
/// Decides whether there is a slot for a connection that the node dials. Each kind of connection has its rule
/// (<see cref="PeerKind"/>).
/// </summary>
/// <param name="MaxConnections">The most connections of the node, inbound ones included.</param>
/// <param name="Wanted">The regular connections that the node wants to have; manual ones count among them.</param>
/// <param name="PerGroup">The connections to one network from which on it gets no further regular one.</param>
internal readonly record struct OutboundRules(int MaxConnections, int Wanted, int PerGroup)
{
    /// <summary>Finds out whether there is a slot.</summary>
    /// <param name="kind">What the new connection is for.</param>
    /// <param name="group">Its network.</param>
    /// <param name="taken">The connections of the node, inbound ones included.</param>
    /// <param name="peers">Those of them that the node has dialled and that are not ending.</param>
    /// <returns>Why there is none; null when there is one.</returns>
    public string? RefusalOf(PeerKind kind, string group, int taken, IEnumerable<OutboundPeer> peers)
    {
        if (taken >= MaxConnections)
        {
            return $"{taken} connections";
        }

        if (kind == PeerKind.Manual)
        {
            return null;
        }

        OutboundPeer[] others = [.. peers];
        OutboundPeer[] lasting = [.. others.Where(static peer => peer.Kind is PeerKind.Regular or PeerKind.Manual)];
        int missing = Wanted - lasting.Length;
        bool isScarce = MaxConnections - taken <= missing;
        return kind switch
        {
            PeerKind.Regular when missing <= 0 => $"{lasting.Length} lasting connections",
            PeerKind.Regular when lasting.Count(peer => peer.Group == group) >= PerGroup =>
                $"all outbound slots of {group} are taken",
            PeerKind.Feeler when others.Any(static peer => peer.Kind == PeerKind.Feeler) => "a feeler is under way",

            // The first one may be the question that finds nodes for the slots.
            PeerKind.Extra when !others.Any(static peer => peer.Kind == PeerKind.Extra) => null,
            PeerKind.Feeler or PeerKind.Extra when isScarce => $"{missing} slots are left to regular connections",
            _ => null,
        };
    }
}
