using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The addresses of a node that handles keep connected.</summary>
internal sealed class HandleTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerAddress, HandleLink> _links = [];
    private Random? _random;

    /// <summary>Makes a handle. The first one of an address begins to dial.</summary>
    public PeerHandle Open(P2PNode node, PeerAddress address, PeerHandleOptions options)
    {
        PeerHandle handle;
        HandleLink? link;
        bool isNew;
        lock (_lock)
        {
            isNew = !_links.TryGetValue(address, out link) || link.State == PeerHandleState.Closed;
            if (isNew)
            {
                _random ??= node.Context.Random.For(NodeRandom.Purpose.Handles, node.Id);
                _links[address] = link = new HandleLink(
                    node, address, this, new RandomStream((ulong)_random.NextInt64()));
            }

            handle = new PeerHandle(node, link!, options);
            link!.Join(handle);
        }

        if (isNew)
        {
            link.Start();
        }

        return handle;
    }

    /// <summary>Whether a handle keeps an address connected.</summary>
    public bool Keeps(PeerAddress address)
    {
        lock (_lock)
        {
            return _links.TryGetValue(address, out HandleLink? link) && link.State != PeerHandleState.Closed;
        }
    }

    /// <summary>Forgets an address when its last handle is closed.</summary>
    /// <returns>False when a handle was opened meanwhile.</returns>
    public bool TryRemove(HandleLink link)
    {
        lock (_lock)
        {
            if (!link.TryClose())
            {
                return false;
            }

            if (_links.GetValueOrDefault(link.Address) == link)
            {
                _links.Remove(link.Address);
            }

            return true;
        }
    }
}
