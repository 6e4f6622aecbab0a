namespace ActorP2P.Protocol;

/// <content>The ends of requests: answers and cancels.</content>
internal sealed partial class PeerSession
{
    /// <summary>
    /// Queues the response or the error that answers an open request of the peer. Its buffer is released in every case.
    /// </summary>
    /// <exception cref="ArgumentException">The message is not an answer.</exception>
    public SendResult Respond(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Class != CreditClass.Response)
        {
            _outbound.Refuse(message, SendResult.NotConnected);
            throw new ArgumentException($"A {message.Kind} goes through {nameof(Send)}.", nameof(message));
        }

        if (!_requests.IsOfPeer(message.Id))
        {
            return _outbound.Refuse(message, SendResult.NoLongerWanted);
        }

        if (message.Body.Length > RemoteHello!.MaxMessage)
        {
            return _outbound.Refuse(message, SendResult.TooLong);
        }

        _requests.RemoveOfPeer(message.Id);
        _outbound.EnqueueAnswer(message);
        return SendResult.Accepted;
    }

    /// <summary>Queues the response to an open request of the peer. Its buffer is released in every case.</summary>
    public SendResult Respond(ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner) =>
        Respond(_outbound.Rent(FrameKind.Response, type, id, lane, body, owner));

    /// <summary>
    /// Cancels a request of this node, whose answer is no longer wanted. The peer is told if it knows of the request.
    /// </summary>
    public void Cancel(ulong id)
    {
        bool isOpen = _requests.RemoveOwn(id);
        _outbound.RemoveRequest(id, hasBegun: isOpen);
        if (isOpen)
        {
            // The answer may already be arriving. The peer stops at the cancel, and fragments that still arrive are
            // dropped.
            _inbound.Reassembly.Discard(FrameKind.Response, id);
            _control.Add(FrameKind.Cancel, id, []);
        }

        Settle(_keepAlive.HeardAt);
    }
}
