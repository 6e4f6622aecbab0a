using System.Collections.Frozen;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The peers that the node keeps connected: its bootstrap nodes, and the addresses of the application's handles. They
/// are closed for penalties like others, but penalties do not ban them. Any thread may ask.
/// </summary>
/// <param name="bootstrap">The bootstrap nodes.</param>
/// <param name="handles">The application's handles.</param>
internal sealed class PersistentPeers(IReadOnlyList<PeerAddress> bootstrap, HandleTable handles)
{
    private readonly FrozenSet<PeerAddress> _addresses = bootstrap.Select(static address => address.WithoutId)
        .ToFrozenSet();

    private readonly FrozenSet<NodeId> _nodes = bootstrap.Where(static address => address.Id is not null)
        .Select(static address => address.Id!.Value).ToFrozenSet();

    /// <summary>Whether an address is one that the node dials again and again.</summary>
    public bool Has(PeerAddress address) => _addresses.Contains(address.WithoutId) || handles.Keeps(address);

    /// <summary>Whether a link is to such a peer: by the address that was dialled, or by the proven id.</summary>
    /// <param name="target">The address that was dialled; null when the peer dialled.</param>
    /// <param name="proven">The id that the peer has proven; null when it has proven none.</param>
    public bool Has(PeerAddress? target, NodeId? proven) =>
        (target is not null && Has(target)) || (proven is { } node && _nodes.Contains(node));
}
