using ActorP2P;
using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>The chains of all peers, and the order in which to ask them. Only the sync loop uses it.</summary>
/// <remarks>
/// A peer that was dialled is identified by its address, so that a refusal survives a new connection; a peer that
/// dialled this node is identified by its connection. The claimed node id is not used: anyone could claim the id of an
/// honest node to have that node refused.
/// </remarks>
internal sealed class RemoteChains
{
    /// <summary>
    /// The most refused peers that are remembered after they have left. Connections are cheap to make, so the memory
    /// needs a bound.
    /// </summary>
    private const int MaxRefusedRemembered = 1000;

    private readonly Dictionary<(PeerAddress? Dialled, long Link), RemoteChain> _chains = [];

    /// <summary>Updates the table with the current connections.</summary>
    public void Update(IReadOnlyList<Peer> peers)
    {
        HashSet<(PeerAddress?, long)> present = [.. peers.Select(Key)];
        int refusedAway = 0;
        foreach (((PeerAddress?, long) key, RemoteChain chain) in _chains)
        {
            if (!present.Contains(key) && (!chain.Refused || ++refusedAway > MaxRefusedRemembered))
            {
                _chains.Remove(key);
            }
        }

        foreach (Peer peer in peers)
        {
            if (_chains.TryGetValue(Key(peer), out RemoteChain? chain))
            {
                chain.Peer = peer;
            }
            else
            {
                _chains.Add(Key(peer), new RemoteChain { Peer = peer });
            }
        }
    }

    /// <summary>Marks a peer as one that is not asked again.</summary>
    public void Refuse(Peer peer)
    {
        if (!_chains.TryGetValue(Key(peer), out RemoteChain? chain))
        {
            chain = new RemoteChain { Peer = peer };
            _chains.Add(Key(peer), chain);
        }

        chain.Refused = true;
    }

    /// <summary>
    /// The peer to ask: of those that may have more, the one that was asked least recently; null when all are refused
    /// or are given time.
    /// </summary>
    public RemoteChain? Next(IReadOnlyList<Peer> connected, ChainStatus own, TimeSpan now) => connected
        .Select(peer => _chains[Key(peer)])
        .Where(chain => !chain.Refused && chain.NotBefore <= now)
        .OrderByDescending(chain => chain.MayHaveMoreThan(own))
        .ThenBy(chain => chain.LastAsked)
        .FirstOrDefault();

    /// <summary>
    /// Whether a complete peer confirms that <paramref name="own"/> is everything. Another peer that claims more
    /// prevents this only while <paramref name="patient"/> is true.
    /// </summary>
    public bool Settle(IReadOnlyList<Peer> connected, ChainStatus own, bool patient)
    {
        IEnumerable<RemoteChain> trusted = connected.Select(peer => _chains[Key(peer)]).Where(chain => !chain.Refused);
        ChainStatus[] known = [.. trusted.Select(chain => chain.Status).OfType<ChainStatus>()];
        return known.Any(status => status.Settled && status.IsWithin(own))
            && (!patient || known.All(status => status.IsWithin(own)));
    }

    private static (PeerAddress? Dialled, long Link) Key(Peer peer) =>
        peer.IsOutbound ? (peer.Address, 0) : (null, peer.ConnectionId);
}
