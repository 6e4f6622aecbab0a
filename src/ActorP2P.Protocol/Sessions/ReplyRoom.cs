namespace ActorP2P.Protocol;

/// <summary>
/// The node-wide room for fragmented responses. It is separate from that of all other messages because it always
/// drains: a response that was requested is decoded as soon as it is whole, whatever handlers do. A response without
/// room therefore waits instead of being refused, and two nodes that send each other requests cannot block each
/// other. Claims are served in order, so that small responses do not keep a large one waiting for ever.
/// </summary>
/// <param name="capacity">Bytes that may be reserved at a time.</param>
internal sealed class ReplyRoom(long capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Ticket> _waiting = new();
    private long _reserved;

    /// <summary>Bytes that may be reserved at a time.</summary>
    public long Capacity { get; } = capacity;

    /// <summary>Bytes reserved now.</summary>
    public long Reserved
    {
        get
        {
            lock (_lock)
            {
                return _reserved;
            }
        }
    }

    /// <summary>Responses that wait for room.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Reserves room, or queues the ticket until there is room.</summary>
    /// <returns>Whether the room is reserved.</returns>
    internal bool TryReserve(Ticket ticket)
    {
        lock (_lock)
        {
            if (_waiting.Count > 0 || !TryGrant(ticket))
            {
                _waiting.AddLast(ticket);
            }

            return ticket.IsGranted;
        }
    }

    /// <summary>Gives up a ticket, granted or not.</summary>
    internal void Withdraw(Ticket ticket)
    {
        bool granted;
        lock (_lock)
        {
            granted = ticket.IsGranted;
            if (!granted)
            {
                _waiting.Remove(ticket);
            }
        }

        // This is needed even when no room is returned: the ticket did not fit, but those behind it may.
        Release(granted ? ticket.Bytes : 0);
    }

    /// <summary>Returns room and grants it to the tickets that wait.</summary>
    internal void Release(long bytes)
    {
        while (NextGranted(bytes) is { } granted)
        {
            bytes = 0;
            granted.OnGranted();
        }
    }

    private Ticket? NextGranted(long returned)
    {
        lock (_lock)
        {
            _reserved -= returned;
            if (_waiting.First is not { } first || !TryGrant(first.Value))
            {
                return null;
            }

            _waiting.RemoveFirst();
            return first.Value;
        }
    }

    private bool TryGrant(Ticket ticket)
    {
        bool fits = ticket.Bytes <= Capacity - _reserved;
        if (fits)
        {
            _reserved += ticket.Bytes;
            ticket.IsGranted = true;
        }

        return fits;
    }

    /// <summary>One response's claim on the room.</summary>
    /// <param name="bytes">The room it needs.</param>
    /// <param name="onGranted">
    /// Called, from any thread, when a claim that had to wait has its room.
    /// </param>
    internal sealed class Ticket(int bytes, Action onGranted)
    {
        private volatile bool _isGranted;

        public int Bytes { get; } = bytes;

        public Action OnGranted { get; } = onGranted;

        public bool IsGranted
        {
            get => _isGranted;
            set => _isGranted = value;
        }
    }
}
