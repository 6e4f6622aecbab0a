using ActorP2P;
using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>The chains of all peers, and which of them to ask next. Only the sync loop touches it.</summary>
/// <remarks>
/// A peer that was dialled is known by its address, so that being refused outlives a new connection; one that dialled
/// us is known by its link. Never by the id it claims: anyone could claim the id of an honest node, to have that one
/// refused.
/// </remarks>
internal sealed class RemoteChains
{
    /// <summary>
    /// How many refused peers are remembered after they left; connections are cheap to make, so the memory is bounded.
    /// </summary>
    private const int MaxRefusedRemembered = 1000;

    private readonly Dictionary<(PeerAddress? Dialled, long Link), RemoteChain> _chains = [];

    /// <summary>Brings the table up to date with the links there are.</summary>
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
    /// The peer to ask: one that may have more, and among those the one left alone the longest; null when all are
    /// refused or need time.
    /// </summary>
    public RemoteChain? Next(IReadOnlyList<Peer> connected, ChainStatus own, TimeSpan now) => connected
        .Select(peer => _chains[Key(peer)])
        .Where(chain => !chain.Refused && chain.NotBefore <= now)
        .OrderByDescending(chain => chain.MayHaveMoreThan(own))
        .ThenBy(chain => chain.LastAsked)
        .FirstOrDefault();

    /// <summary>
    /// Whether a peer that has all there is confirms that <paramref name="own"/> is all, and no other peer says more,
    /// unless patience with those is at its end.
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
