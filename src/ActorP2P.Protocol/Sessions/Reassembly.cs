namespace ActorP2P.Protocol;

/// <summary>
/// Puts fragments together, by kind and id. Its bounds are four open messages in a lane, the length limit of
/// a message, a share for the peer, the <see cref="MemoryBudget"/> of the node, and a time in which each
/// message must make progress. A declared total allocates nothing: memory grows with the bytes that arrive.
/// </summary>
/// <param name="memory">The node's memory.</param>
/// <param name="settings">The bounds.</param>
internal sealed class Reassembly(MemoryBudget memory, SessionSettings settings)
{
    // A quarter, so that three peers together leave room for others, but at least one message.
    private readonly long _share = Math.Max(settings.MaxMessage, memory.Reassembly.Capacity / 4);

    // One for each class: a sender that keeps messages in order has no more open.
    private const int MaxOpenInLane = CreditBook.Classes;

    private readonly List<OpenMessage> _open = [];

    /// <summary>Called, from any thread, when a response that waited for room has it.</summary>
    public Action? RoomGranted { get; set; }

    /// <summary>Messages begun and not yet complete, including those being discarded.</summary>
    public int Count => _open.Count;

    /// <summary>Bytes of the buffers that open messages hold, at the length that the pool gave.</summary>
    public long Held
    {
        get
        {
            long held = 0;
            foreach (OpenMessage message in _open)
            {
                held += message.Buffer?.Capacity ?? 0;
            }

            return held;
        }
    }

    /// <summary>Whether a message of this kind and id has begun.</summary>
    public bool IsOpen(FrameKind kind, ulong id) => Find(kind, id) is not null;

    /// <summary>When the first open message will have made no progress for too long; null when none can.</summary>
    public TimeSpan? Deadline
    {
        get
        {
            TimeSpan? first = null;
            foreach (OpenMessage message in _open)
            {
                first = IsExpected(message) ? WaitTime.Earliest(first, message.LastProgress) : first;
            }

            return first + settings.FragmentTimeout;
        }
    }

    /// <summary>Begins a message with its first fragment.</summary>
    /// <param name="now">The time.</param>
    /// <param name="header">The fragment's header.</param>
    /// <param name="total">Bytes of the whole body, as declared.</param>
    /// <param name="body">The bytes of the body in this fragment.</param>
    /// <param name="wanted">False to accept the fragments and drop their bytes.</param>
    /// <param name="credit">
    /// Bytes that the peer may send without further credit: that much of the message may be on the wire.
    /// </param>
    /// <returns>
    /// The fault that ends the session, or null; and the reset to answer with, which refuses or holds the message, or
    /// null.
    /// </returns>
    public (DisconnectReason? Fault, ResetReason? Answer) Begin(
        TimeSpan now, in FrameHeader header, ulong total, ReadOnlySpan<byte> body, bool wanted, long credit)
    {
        if (Find(header.Kind, header.Id) is not null)
        {
            return (DisconnectReason.FragmentOutOfPlace, null);
        }

        if (total > (ulong)settings.MaxMessage)
        {
            return (DisconnectReason.MessageTooLong, null);
        }

        if (total <= (ulong)body.Length)
        {
            return (DisconnectReason.FragmentTotalMismatch, null);
        }

        Lane lane = header.Lane;
        if (_open.Count(message => message.Lane == lane) >= MaxOpenInLane)
        {
            return (DisconnectReason.TooManyFragmentedMessages, null);
        }

        OpenMessage opened = new(header, (int)total);
        _open.Add(opened);
        ResetReason? answer = wanted ? Reserve(opened) : ResetReason.Unwanted;
        if (answer is null or ResetReason.Hold)
        {
            opened.Accept(body.Length);
            opened.HeldLimit = body.Length + credit;
            opened.LastProgress = now;
        }

        opened.Add(body);
        return (null, answer);
    }

    /// <summary>Records the headers of a message that has begun.</summary>
    /// <param name="header">The first frame's header.</param>
    /// <param name="expires">When the message expires; null for never.</param>
    /// <param name="trace">The headers if they have a trace; empty otherwise.</param>
    public void SetHeaders(in FrameHeader header, TimeSpan? expires, ReadOnlySpan<byte> trace)
    {
        if ((expires is not null || !trace.IsEmpty) && Find(header.Kind, header.Id) is { IsDiscarded: false } message)
        {
            message.Expires = expires;
            message.Headers = trace.IsEmpty ? null : trace.ToArray();
        }
    }

    /// <summary>Adds a later fragment.</summary>
    /// <returns>
    /// The fault that ends the session, or null; and the message, if this fragment completed it and it is wanted.
    /// </returns>
    public (DisconnectReason? Fault, OpenMessage? Complete) Continue(
        TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> body)
    {
        OpenMessage? message = Find(header.Kind, header.Id);
        if (message is null)
        {
            return (DisconnectReason.FragmentOutOfPlace, null);
        }

        bool last = (header.Flags & FrameFlags.More) == 0;
        int missing = message.Total - message.Received;
        if (message.Lane != header.Lane || message.Header.Type != header.Type)
        {
            return (DisconnectReason.FragmentOutOfPlace, null);
        }

        if (last ? body.Length != missing : body.Length >= missing)
        {
            return (DisconnectReason.FragmentTotalMismatch, null);
        }

        if (message.Ticket is not null && message.Received + body.Length > message.HeldLimit)
        {
            // More than can have been on the wire when the peer was told to wait.
            return (DisconnectReason.CreditExceeded, null);
        }

        message.LastProgress = now;
        message.Add(body);
        if (!last)
        {
            return (null, null);
        }

        // A message that was completed while it waited for room is decoded now and needs no room.
        GiveUpTicket(message);
        _open.Remove(message);
        return (null, message.IsDiscarded ? null : message);
    }

    /// <summary>The next response that waited for room and has it now.</summary>
    public OpenMessage? NextAdmitted(TimeSpan now)
    {
        OpenMessage? admitted = _open.Find(static message => message.Ticket is { IsGranted: true });
        if (admitted is not null)
        {
            admitted.Reserved = admitted.Total;
            admitted.Ticket = null;
            admitted.LastProgress = now;
        }

        return admitted;
    }

    /// <summary>
    /// Drops and returns the next message of which no fragment arrived for too long, although the peer had credit for
    /// one.
    /// </summary>
    public OpenMessage? NextStalled(TimeSpan now, CreditBook granted)
    {
        foreach (OpenMessage message in _open)
        {
            if (!IsExpected(message) || now - message.LastProgress < settings.FragmentTimeout)
            {
                continue;
            }

            CreditBook.TryClassOf(message.Header.Kind, out CreditClass creditClass);
            if (granted.Has(creditClass, SessionSettings.MinCreditWindow))
            {
                Drop(message);
                return message;
            }

            // The message waits for credit that this node's handlers hold, so the sender is not at fault.
            message.LastProgress = now;
        }

        return null;
    }

    /// <summary>
    /// Discards a message that is no longer wanted: drops its bytes, and accepts and drops further fragments.
    /// </summary>
    /// <returns>Whether a message with this kind and id was open and wanted.</returns>
    public bool Discard(FrameKind kind, ulong id)
    {
        OpenMessage? message = Find(kind, id);
        if (message is null || message.IsDiscarded)
        {
            return false;
        }

        Drop(message);
        return true;
    }

    /// <summary>Removes a message whose sender has stopped, so that no more fragments follow.</summary>
    public void Forget(FrameKind kind, ulong id)
    {
        Discard(kind, id);
        _open.RemoveAll(message => message.Header.Kind == kind && message.Header.Id == id);
    }

    /// <summary>Drops all messages, at the end of the session.</summary>
    public void Clear()
    {
        foreach (OpenMessage message in _open)
        {
            if (!message.IsDiscarded)
            {
                Drop(message);
            }
        }

        _open.Clear();
    }

    private static bool IsExpected(OpenMessage message) => message is { IsDiscarded: false, Ticket: null };

    private ResetReason? Reserve(OpenMessage opened)
    {
        if (opened.Header.Kind == FrameKind.Response)
        {
            return ReserveReply(opened);
        }

        long held = 0;
        foreach (OpenMessage message in _open)
        {
            held += message.Header.Kind == FrameKind.Response ? 0 : message.Reserved;
        }

        bool fits = held + opened.Total <= _share && !memory.IsTight && memory.Reassembly.TryReserve(opened.Total);
        opened.Reserved = fits ? opened.Total : 0;
        return fits ? null : ResetReason.NoRoom;
    }

    private ResetReason? ReserveReply(OpenMessage opened)
    {
        if (opened.Total > memory.Replies.Capacity)
        {
            return ResetReason.NoRoom;
        }

        ReplyRoom.Ticket ticket = new(opened.Total, () => RoomGranted?.Invoke());
        bool granted = memory.Replies.TryReserve(ticket);
        opened.Reserved = granted ? opened.Total : 0;
        opened.Ticket = granted ? null : ticket;
        return granted ? null : ResetReason.Hold;
    }

    private void Drop(OpenMessage message)
    {
        GiveUpTicket(message);
        CreditBook.TryClassOf(message.Header.Kind, out CreditClass creditClass);
        memory.Release(creditClass, message.Reserved);
        message.Reserved = 0;
        message.Discard();
    }

    private void GiveUpTicket(OpenMessage message)
    {
        if (message.Ticket is { } ticket)
        {
            message.Ticket = null;
            memory.Replies.Withdraw(ticket);
        }
    }

    private OpenMessage? Find(FrameKind kind, ulong id)
    {
        foreach (OpenMessage message in _open)
        {
            if (message.Header.Id == id && message.Header.Kind == kind)
            {
                return message;
            }
        }

        return null;
    }
}
