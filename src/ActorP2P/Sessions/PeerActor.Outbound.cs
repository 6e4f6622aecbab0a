using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Messages out, and those that wait for room.</content>
internal sealed partial class PeerActor
{
    /// <summary>Requests that may wait for room in the send queue; further ones fail at once. As many as may be in flight, fourfold.</summary>
    private const int MaxWaiting = 1024;

    // By lane, the most urgent first; made with the first that has to wait.
    private LinkedList<PeerMessages.SendRequest>[] _waiting = [];
    private int _waitingCount;
    private long _waitingBytes;

    /// <summary>Queues what other threads have posted.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool TakeOutbox()
    {
        ReadOnlySpan<OutboxEntry> entries = _link.Outbox.Take(QueuedBytes.Of(_session), _now);
        SendAll(FrameKind.Notify, entries);
        return !entries.IsEmpty;
    }

    private void SendAll(FrameKind kind, ReadOnlySpan<OutboxEntry> entries)
    {
        foreach (ref readonly OutboxEntry entry in entries)
        {
            Send(kind, 0, entry.Message, entry.Lane, entry.Expires);
        }
    }

    private SendResult Send(FrameKind kind, ulong id, in EncodedMessage message, Lane lane, TimeSpan? expires) =>
        _session.Send(_now, kind, message.Type, id, lane, message.Body, message.Buffer, expires);

    private void Send(PeerMessages.SendRequest request) => Settle(
        request, Send(FrameKind.Request, request.Id.Value, request.Message, request.Lane, request.Expires));

    /// <summary>Queues a request, or lets it wait for room.</summary>
    private void SendOrWait(PeerMessages.SendRequest request)
    {
        int lane = (int)request.Lane - 1;
        bool full = (_waitingCount > 0 && _waiting[lane].Count > 0) || !HasRoomFor(request);
        if (!full || _session.State is not (SessionState.Ready or SessionState.AwaitingHelloAck))
        {
            Send(request);
        }
        else if (_waitingCount < MaxWaiting && _waitingBytes < Outbox.MaxWaitingBytes && !_node.Memory.IsTight)
        {
            _waiting = _waiting.Length > 0 ? _waiting : [new(), new(), new()];
            _waiting[lane].AddLast(request);
            NoteExpiry(request.Expires);
            Weigh(request, 1);
        }
        else
        {
            request.Message.Buffer.Release();
            Settle(request, SendResult.QueueFull);
        }
    }

    /// <summary>Lets waiting messages into the send queue, and waiting requests to their handlers.</summary>
    /// <returns>Whether there is something new to send.</returns>
    private bool AdmitWaiting()
    {
        bool admitted = !_link.Outbox.IsEmpty && TakeOutbox();
        if (_waitingCount > 0)
        {
            foreach (LinkedList<PeerMessages.SendRequest> waiting in _waiting)
            {
                admitted |= AdmitFrom(waiting);
            }
        }

        DispatchWaiting();
        return admitted;
    }

    private bool AdmitFrom(LinkedList<PeerMessages.SendRequest> waiting)
    {
        bool admitted = false;

        // Of a session that is refused nothing is sent any more: what waits for it ends with the link.
        while (waiting.First is { } first && _session.State < SessionState.Refusing && HasRoomFor(first.Value))
        {
            waiting.RemoveFirst();
            PeerMessages.SendRequest request = first.Value;
            Weigh(request, -1);
            Send(request);
            admitted = true;
        }

        return admitted;
    }

    private bool IsFullFor(Lane lane) => _session.QueuedBytesFor(lane) >= _node.Settings.Session.MaxQueued;

    // Behind the hello may follow only what every node takes; what is longer waits until the peer has said what it takes.
    private bool HasRoomFor(PeerMessages.SendRequest request) => !IsFullFor(request.Lane)
        && (_session.State != SessionState.AwaitingHelloAck || request.Message.Length <= SessionSettings.MaxEarlyRequest);

    private void Weigh(PeerMessages.SendRequest request, int sign)
    {
        _waitingCount += sign;
        _waitingBytes += sign * request.Message.Length;
        _node.Memory.Charge(sign * request.Message.Length);
    }

    // The asks end with the link, and are told how it ended.
    private void DropWaiting()
    {
        foreach (LinkedList<PeerMessages.SendRequest> waiting in _waiting)
        {
            while (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                Weigh(first.Value, -1);
                first.Value.Message.Buffer.Release();
            }
        }
    }

    private void Settle(PeerMessages.SendRequest request, SendResult result)
    {
        if (result == SendResult.Accepted)
        {
            return;
        }

        AskFailure failure = result switch
        {
            SendResult.QueueFull => AskFailure.QueueFull,
            SendResult.TooLong => AskFailure.TooLong,
            SendResult.Expired => AskFailure.Expired,
            _ => AskFailure.NotConnected,
        };
        _tracker.Tell(new RequestMessages.NotSent(_link.Number, request.Id, failure, $"to {_link.Address}"));
    }

    private void Cancel(RequestId id)
    {
        foreach (LinkedList<PeerMessages.SendRequest> waiting in _waiting)
        {
            for (LinkedListNode<PeerMessages.SendRequest>? node = waiting.First; node is not null; node = node.Next)
            {
                if (node.Value.Id == id)
                {
                    node.Value.Message.Buffer.Release();
                    Weigh(node.Value, -1);
                    waiting.Remove(node);
                    return;
                }
            }
        }

        _session.Cancel(id.Value);
    }

    private void Respond(in FrameHeader request, EncodedMessage reply)
    {
        if (_session.Respond(reply.Type, request.Id, request.Lane, reply.Body, reply.Buffer) == SendResult.TooLong)
        {
            RespondError(request, RequestErrorCode.ResponseTooLong, $"{reply.Length} bytes");
        }
    }

    private void RespondError(in FrameHeader request, in InboundCharge charge, RequestErrorCode code, string text)
    {
        RespondError(request, code, text);
        _session.Finish(_now, charge);
    }

    private void RespondError(in FrameHeader request, RequestErrorCode code, string text) => _session.Respond(new OutboundMessage(
        FrameKind.Error, 0, request.Id, request.Lane, CodedText.Encode((ushort)code, text), owner: null));
}
