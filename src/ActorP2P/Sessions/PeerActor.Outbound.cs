using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Messages out, and those that wait for room.</content>
internal sealed partial class PeerActor
{
    /// <summary>Requests that may wait for room in the send queue; further ones fail at once. As many as may be in flight, fourfold.</summary>
    private const int MaxWaiting = 1024;

    private readonly LinkedList<PeerMessages.SendRequest> _waiting = new();
    private long _waitingBytes;

    /// <summary>Queues what other threads have posted.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool TakeOutbox()
    {
        ReadOnlySpan<OutboxEntry> entries = _link.Outbox.Take(_session.QueuedBytes);
        SendAll(FrameKind.Notify, entries);
        return !entries.IsEmpty;
    }

    private void SendAll(FrameKind kind, ReadOnlySpan<OutboxEntry> entries)
    {
        foreach (ref readonly OutboxEntry entry in entries)
        {
            Send(kind, 0, entry.Message, entry.Lane);
        }
    }

    private SendResult Send(FrameKind kind, ulong id, in EncodedMessage message, Lane lane) =>
        _session.Send(kind, message.Type, id, lane, message.Body, message.Buffer);

    /// <summary>Queues a request, or lets it wait for room.</summary>
    private void SendOrWait(PeerMessages.SendRequest request)
    {
        bool full = _waiting.Count > 0 || _session.QueuedBytes >= _node.Settings.Session.MaxQueued;
        if (!full || _session.State is not (SessionState.Ready or SessionState.AwaitingHelloAck))
        {
            Settle(request, Send(FrameKind.Request, request.Id.Value, request.Message, request.Lane));
        }
        else if (_waiting.Count < MaxWaiting && _waitingBytes < Outbox.MaxWaitingBytes && !_node.Memory.IsTight)
        {
            _waiting.AddLast(request);
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
        while (_waiting.First is { } first && _session.QueuedBytes < _node.Settings.Session.MaxQueued)
        {
            _waiting.RemoveFirst();
            PeerMessages.SendRequest request = first.Value;
            Weigh(request, -1);
            Settle(request, Send(FrameKind.Request, request.Id.Value, request.Message, request.Lane));
            admitted = true;
        }

        DispatchWaiting();
        return admitted;
    }

    private void Weigh(PeerMessages.SendRequest request, int sign)
    {
        _waitingBytes += sign * request.Message.Length;
        _node.Memory.Charge(sign * request.Message.Length);
    }

    private void FailWaiting()
    {
        foreach (PeerMessages.SendRequest request in _waiting)
        {
            request.Message.Buffer.Release();
            Settle(request, SendResult.NotConnected);
        }

        _waiting.Clear();
        _node.Memory.Charge(-_waitingBytes);
        _waitingBytes = 0;
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
            _ => AskFailure.NotConnected,
        };
        _tracker.Tell(new RequestMessages.NotSent(_link.Number, request.Id, failure, $"to {_link.Address}"));
    }

    private void Cancel(RequestId id)
    {
        for (LinkedListNode<PeerMessages.SendRequest>? node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Id == id)
            {
                node.Value.Message.Buffer.Release();
                Weigh(node.Value, -1);
                _waiting.Remove(node);
                return;
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
