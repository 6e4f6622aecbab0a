namespace ActorP2P.Protocol;

/// <summary>
/// The node-wide room for responses that arrive in fragments. It is apart from that of all other messages, because it always
/// drains: a response that was asked for is decoded as soon as it is whole, whatever handlers do. So a response without room waits
/// instead of being refused, and two nodes that ask each other cannot stop each other. Who waits is served in order, lest small
/// responses keep a large one out for ever.
/// </summary>
/// <param name="capacity">Bytes that may be reserved at a time.</param>
internal sealed class ReplyRoom(long capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<ReplyTicket> _waiting = new();
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

    /// <summary>Reserves room, or lets the ticket wait for it.</summary>
    /// <returns>Whether the room is reserved.</returns>
    internal bool TryReserve(ReplyTicket ticket)
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
    internal void Withdraw(ReplyTicket ticket)
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

        // Also where nothing is returned: those behind one that waited may fit, though it did not.
        Release(granted ? ticket.Bytes : 0);
    }

    /// <summary>Returns room, and gives it to those who wait.</summary>
    internal void Release(long bytes)
    {
        while (NextGranted(bytes) is { } granted)
        {
            bytes = 0;
            granted.OnGranted();
        }
    }

    private ReplyTicket? NextGranted(long returned)
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

    private bool TryGrant(ReplyTicket ticket)
    {
        bool fits = ticket.Bytes <= Capacity - _reserved;
        if (fits)
        {
            _reserved += ticket.Bytes;
            ticket.IsGranted = true;
        }

        return fits;
    }
}
