namespace ActorP2P.Protocol;

/// <summary>Message objects that a session reuses, so that sending allocates none.</summary>
internal struct OutboundMessagePool
{
    // As many messages of 1 KiB as fit the default send queue. The pool is emptied when the session has been quiet.
    private const int Capacity = 1024;

    // Created with the first message, because most peers are quiet.
    private Stack<OutboundMessage>? _free;

    public OutboundMessage Rent(
        FrameKind kind, ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        if (_free is null || !_free.TryPop(out OutboundMessage? message))
        {
            message = new OutboundMessage { IsPooled = true };
        }

        message.Fill(kind, type, id, lane, body, owner);
        return message;
    }

    /// <summary>Takes a message object back. One that the caller made is not kept.</summary>
    public void Return(OutboundMessage message)
    {
        if (message.IsPooled)
        {
            message.Empty();
            _free ??= new Stack<OutboundMessage>();
            if (_free.Count < Capacity)
            {
                _free.Push(message);
            }
        }
    }

    public void Clear() => _free = null;
}
