namespace ActorP2P.Protocol;

/// <summary>
/// Puts fragments together, keyed by (kind, id). Bounded in every direction: messages open per lane, the total of each by the
/// message limit, all together by the node's <see cref="ReassemblyBudget"/>; and a declared total never allocates, memory grows
/// with the bytes that came.
/// </summary>
internal sealed class Reassembly(ReassemblyBudget budget, SessionSettings settings)
{
    private readonly List<OpenMessage> _open = [];

    /// <summary>Messages begun and not yet complete, those being discarded included.</summary>
    public int Count => _open.Count;

    /// <summary>Bytes of the buffers that open messages hold, as the pool gave them.</summary>
    public long Held => _open.Sum(message => (long)(message.Buffer?.Capacity ?? 0));

    /// <summary>Whether a message of this kind and id has begun.</summary>
    public bool IsOpen(FrameKind kind, ulong id) => Find(kind, id) is not null;

    /// <summary>Begins a message with its first fragment.</summary>
    /// <param name="header">The fragment's header.</param>
    /// <param name="total">Bytes of the whole body, as declared.</param>
    /// <param name="body">The bytes of the body in this fragment.</param>
    /// <param name="wanted">False to take the fragments and forget them.</param>
    /// <returns>The fault that ends the session, if any; whether the message must be refused with a reset.</returns>
    public (DisconnectReason? Fault, ResetReason? Refusal) Begin(
        in FrameHeader header, ulong total, ReadOnlySpan<byte> body, bool wanted)
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
        if (_open.Count(message => message.Lane == lane) >= settings.MaxOpenFragmented)
        {
            return (DisconnectReason.TooManyFragmentedMessages, null);
        }

        OpenMessage opened = new(header, (int)total);
        _open.Add(opened);
        ResetReason? refusal = !wanted ? ResetReason.Unwanted
            : budget.TryReserve(opened.Total) ? null
            : ResetReason.NoRoom;
        if (refusal is null)
        {
            opened.Accept(body.Length);
        }

        opened.Add(body);
        return (null, refusal);
    }

    /// <summary>Adds a later fragment.</summary>
    /// <returns>The fault that ends the session, if any; the message, when this fragment was its last and it was wanted.</returns>
    public (DisconnectReason? Fault, OpenMessage? Complete) Continue(in FrameHeader header, ReadOnlySpan<byte> body)
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

        message.Add(body);
        if (!last)
        {
            return (null, null);
        }

        _open.Remove(message);
        return (null, message.IsDiscarded ? null : message);
    }

    /// <summary>The receiver no longer wants the message: what came is dropped, what still comes is taken and forgotten.</summary>
    /// <returns>Whether such a message was open and wanted.</returns>
    public bool Discard(FrameKind kind, ulong id)
    {
        OpenMessage? message = Find(kind, id);
        if (message is null || message.IsDiscarded)
        {
            return false;
        }

        budget.Release(message.Total);
        message.Discard();
        return true;
    }

    /// <summary>The sender has stopped: nothing more of the message will come.</summary>
    public void Forget(FrameKind kind, ulong id)
    {
        Discard(kind, id);
        _open.RemoveAll(message => message.Header.Kind == kind && message.Header.Id == id);
    }

    /// <summary>Drops everything, at the end of the session.</summary>
    public void Clear()
    {
        foreach (OpenMessage message in _open)
        {
            if (!message.IsDiscarded)
            {
                budget.Release(message.Total);
                message.Discard();
            }
        }

        _open.Clear();
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
