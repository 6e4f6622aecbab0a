using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The addresses of a node that handles keep connected.</summary>
internal sealed class HandleTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerAddress, HandleLink> _links = [];
    private Random? _random;
    private int _last;
    private int _version;

    /// <summary>
    /// A number that grows whenever <see cref="HandlersFor"/> may have another result for a connection than before; 0
    /// as long as no handle has had handlers of its own.
    /// </summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Makes a handle. The first one of an address begins to dial.</summary>
    public PeerHandle Open(
        P2PNode node, PeerAddress address, PeerHandleOptions options, HandleHandlers? handlers)
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

            handle = new PeerHandle(node, link!, options, handlers, ++_last);
            link!.Join(handle);
        }

        // Before the handle dials.
        NoteHandlers([handle]);

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

    /// <summary>
    /// The handlers that handles have for the peer of a connection, in the order in which the handles were opened.
    /// </summary>
    /// <param name="peer">The peer, whose hello has arrived.</param>
    /// <param name="target">The address that was dialled for the connection; null when the peer dialled.</param>
    public IReadOnlyList<MessageCatalog> HandlersFor(Peer peer, PeerAddress? target)
    {
        lock (_lock)
        {
            return
            [
                .. _links.Values.Where(link => link.IsTo(peer, target)).SelectMany(static link => link.Owners.All)
                    .Where(static handle => handle is { Handlers: not null, IsClosed: false })
                    .OrderBy(static handle => handle.Number).Select(static handle => handle.Handlers!.Catalog),
            ];
        }
    }

    /// <summary>Handles were opened or closed, or they use another connection.</summary>
    public void NoteHandlers(IEnumerable<PeerHandle> handles)
    {
        if (handles.Any(static handle => handle.Handlers is not null))
        {
            Interlocked.Increment(ref _version);
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
