using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Messages out, and those that wait for room.</content>
internal sealed partial class PeerActor
{
    /// <summary>Messages that may wait for room in the send queue; further ones fail at once. As many as a peer's requests, fourfold.</summary>
    private const int MaxWaiting = 1024;

    private readonly LinkedList<Waiting> _waiting = new();

    /// <summary>Queues a message, or lets it wait for room: waiting is the sender's backpressure.</summary>
    private void SendOrWait(Waiting message)
    {
        bool full = _waiting.Count > 0 || _session.QueuedBytes >= _node.Settings.Session.MaxQueued;
        if (!full || _session.State is not (SessionState.Ready or SessionState.AwaitingHelloAck))
        {
            Settle(message, _session.Send(message.Message));
        }
        else if (_waiting.Count < MaxWaiting)
        {
            _waiting.AddLast(message);
        }
        else
        {
            message.Message.Owner?.Release();
            Settle(message, SendResult.QueueFull);
        }
    }

    /// <summary>Lets waiting messages into the send queue, and waiting requests to their handlers.</summary>
    /// <returns>Whether there is something new to send.</returns>
    private bool AdmitWaiting()
    {
        bool admitted = false;
        while (_waiting.First is { } first && _session.QueuedBytes < _node.Settings.Session.MaxQueued)
        {
            _waiting.RemoveFirst();
            Settle(first.Value, _session.Send(first.Value.Message));
            admitted = true;
        }

        DispatchWaiting();
        return admitted;
    }

    private void FailWaiting()
    {
        foreach (Waiting waiting in _waiting)
        {
            waiting.Message.Owner?.Release();
            Settle(waiting, SendResult.NotConnected);
        }

        _waiting.Clear();
    }

    private void Settle(Waiting message, SendResult result)
    {
        if (message.Promise is { } promise)
        {
            _ = result == SendResult.Accepted
                ? promise.TrySetResult()
                : promise.TrySetException(new SendException(result, $"to {_link.Address}"));
        }
        else if (result != SendResult.Accepted)
        {
            AskFailure failure = result switch
            {
                SendResult.QueueFull => AskFailure.QueueFull,
                SendResult.TooLong => AskFailure.TooLong,
                _ => AskFailure.NotConnected,
            };
            _tracker.Tell(new RequestMessages.NotSent(_link.Number, new RequestId(message.Message.Id), failure, $"to {_link.Address}"));
        }
    }

    private void Cancel(RequestId id)
    {
        for (LinkedListNode<Waiting>? node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Message.Kind == FrameKind.Request && node.Value.Message.Id == id.Value)
            {
                node.Value.Message.Owner?.Release();
                _waiting.Remove(node);
                return;
            }
        }

        _session.Cancel(id.Value);
    }

    private void Respond(in FrameHeader request, EncodedMessage reply)
    {
        if (_session.Respond(reply.ToOutbound(FrameKind.Response, request.Id, request.Lane)) == SendResult.TooLong)
        {
            RespondError(request, RequestErrorCode.ResponseTooLong, $"{reply.Length} bytes");
        }
    }

    private void RespondError(in FrameHeader request, in InboundCharge charge, RequestErrorCode code, string text)
    {
        RespondError(request, code, text);
        _session.Finish(charge);
    }

    private void RespondError(in FrameHeader request, RequestErrorCode code, string text) => _session.Respond(new OutboundMessage(
        FrameKind.Error, 0, request.Id, request.Lane, CodedText.Encode((ushort)code, text), owner: null));

    /// <summary>A message that stands in line for the send queue.</summary>
    /// <param name="Message">The message.</param>
    /// <param name="Promise">Who waits, for a notify; a request's asker is told by way of the RequestTracker.</param>
    private readonly record struct Waiting(OutboundMessage Message, TaskCompletionSource? Promise);
}
