namespace ActorP2P.Protocol;

/// <content>Messages to send that are described, not made: the session keeps the objects, so that sending allocates none.</content>
internal sealed partial class PeerSession
{
    // As many messages of 1 KiB as fit the default send queue; trimmed when the session has been silent.
    private const int MaxSpares = 1024;

    private readonly Stack<OutboundMessage> _spares = new();

    /// <summary>Queues a request, notify or broadcast. Its buffer is released in every case: when sent, dropped or not taken.</summary>
    /// <param name="kind">Request, notify or broadcast.</param>
    /// <param name="type">The application's message type.</param>
    /// <param name="id">The request id; for notify and broadcast the session assigns one.</param>
    /// <param name="lane">High, normal or bulk.</param>
    /// <param name="body">The encoded message.</param>
    /// <param name="owner">The buffer the body lies in, retained for this message.</param>
    /// <param name="expires">When nobody wants the message any more; null when it does not matter.</param>
    /// <exception cref="ArgumentException">The peer would take the message for a fault of ours, or it is an answer.</exception>
    public SendResult Send(
        FrameKind kind, ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner, TimeSpan? expires = null)
    {
        OutboundMessage message = Fill(kind, type, id, lane, body, owner);
        message.Expires = expires;
        SendResult result = Send(message);
        RecycleUnless(result == SendResult.Accepted, message);
        return result;
    }

    /// <summary>Queues the response to an open request of the peer. Its buffer is released in every case.</summary>
    /// <param name="type">The application's message type.</param>
    /// <param name="id">The request's id.</param>
    /// <param name="lane">High, normal or bulk.</param>
    /// <param name="body">The encoded message.</param>
    /// <param name="owner">The buffer the body lies in, retained for this message.</param>
    public SendResult Respond(ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        OutboundMessage message = Fill(FrameKind.Response, type, id, lane, body, owner);
        SendResult result = Respond(message);
        RecycleUnless(result == SendResult.Accepted, message);
        return result;
    }

    private OutboundMessage Fill(FrameKind kind, ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        if (!_spares.TryPop(out OutboundMessage? message))
        {
            message = new OutboundMessage { IsSpare = true };
        }

        message.Fill(kind, type, id, lane, body, owner);
        return message;
    }

    private void RecycleUnless(bool isQueued, OutboundMessage message)
    {
        if (!isQueued)
        {
            Recycle(message);
        }
    }

    private void Recycle(OutboundMessage message)
    {
        if (message.IsSpare)
        {
            message.Empty();
            if (_spares.Count < MaxSpares)
            {
                _spares.Push(message);
            }
        }
    }

    /// <summary>A message has left its lane unsent.</summary>
    private void Leave(OutboundMessage? message)
    {
        if (message is not null)
        {
            message.Owner?.Release();
            Retire(message);
        }
    }

    /// <summary>A message has left its lane, and its hold is let go of.</summary>
    private void Retire(OutboundMessage message)
    {
        if (message.Class == CreditClass.Response)
        {
            _queuedAnswers.Remove(message.Id);
        }

        // Dropped between the frame and the word that it was written: there is nothing to finish any more.
        _current = _current == message ? null : _current;
        Recycle(message);
    }

    private void TrimSpares()
    {
        _spares.Clear();
        _spares.TrimExcess();
        _lanes.Trim();
    }
}
