using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <content>Frames in, and where their effects go.</content>
internal sealed partial class PeerActor
{
    private TimeSpan? _rejectionCharged;
    private ServiceMap? _services;
    private long _expired;

    // Made when a frame of the peer asks for it: its hello has been read by then.
    private ServiceMap Services => _services ??= new ServiceMap(_node.Catalog.ServiceNames, _session.RemoteHello!.Services);

    private void Receive(FrameBatch batch)
    {
        try
        {
            while (batch.TryRead(out Frame frame))
            {
                _session.HandleFrame(_now, frame);

                // Bodies lie in the batch's slab: what is kept of them is read or copied here, before the next frame.
                CarryOut();
            }

            if (batch.Oversized is { } oversized)
            {
                _session.HandleOversizedFrame(_now, oversized);
            }
        }
        finally
        {
            batch.Release();
        }
    }

    private void CarryOut()
    {
        while (_session.TryGetEffect(out SessionEffect effect))
        {
            CarryOut(effect);
        }
    }

    /// <summary>The actor ends: nothing is begun any more, and what is held is released.</summary>
    private void DropEffects()
    {
        while (_session.TryGetEffect(out SessionEffect effect))
        {
            effect.Release();
            _end = effect.Event is SessionEvent.Closed closed ? closed.End : _end;
        }
    }

    private void CarryOut(in SessionEffect effect)
    {
        if (effect.Event is { } happened)
        {
            CarryOut(happened);
        }
        else if (effect.Message.Kind == FrameKind.Broadcast)
        {
            TakeBroadcast(effect.Message);
        }
        else
        {
            Take(effect.Message);
            effect.Message.Owner?.Release();
        }
    }

    private void Take(in InboundMessage message)
    {
        switch (message.Kind)
        {
            case FrameKind.Request:
                TakeRequest(message);
                break;
            case FrameKind.Response:
                TakeResponse(message);
                break;
            default:
                TakeNotify(message);
                break;
        }
    }

    private void CarryOut(SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.Ready:
                _peer = IntroducePeer();
                _frames.BoundSending(_session.RoundTrip ?? TimeSpan.Zero);
                _link.Outbox.Open(_session.RemoteHello!.MaxMessage);
                Context.Parent.Tell(new ManagerMessages.LinkReady(_peer));
                break;
            case SessionEvent.RequestFailed failed:
                _tracker.Tell(new RequestMessages.Refused(_link.Number, new RequestId(failed.Id), failed.Code, failed.Text));
                break;
            case SessionEvent.MessageRefused { Kind: FrameKind.Request } refused:
                _tracker.Tell(new RequestMessages.NotSent(_link.Number, new RequestId(refused.Id), AskFailure.NoRoom,
                    $"the peer refused it: {refused.Reason}"));
                break;
            case SessionEvent.MessageExpired { Kind: FrameKind.Request } expired:
                _tracker.Tell(new RequestMessages.NotSent(_link.Number, new RequestId(expired.Id), AskFailure.Expired,
                    "it waited to be sent for longer than anybody wants it"));
                break;
            case SessionEvent.RequestCancelled cancelled:
                CancelHandler(cancelled.Id);
                break;
            case SessionEvent.BroadcastBegun begun:
                _broadcaster.Tell(new GossipMessages.Begun(_link.Number, Self, begun.Head.Id, begun.FrameId));
                break;
            case SessionEvent.BroadcastDropped dropped:
                (_dropped ??= []).Add(dropped.Broadcast);
                break;
            case SessionEvent.BroadcastsAnnounced announced:
                _broadcaster.Tell(new GossipMessages.Announced(_link.Number, Self, announced.Ids));
                break;
            case SessionEvent.BroadcastsWanted wanted:
                _broadcaster.Tell(new GossipMessages.Wanted(_link.Number, Self, wanted.Ids));
                break;
            case SessionEvent.Draining:
                _link.Outbox.Close();
                Context.Parent.Tell(new ManagerMessages.LinkDraining(_link.Number));
                break;
            case SessionEvent.Shutdown:
                _link.Outbox.Close();
                // Also where no goodbye was to be drained: nothing new must be begun on a link that is ending.
                Context.Parent.Tell(new ManagerMessages.LinkDraining(_link.Number));
                _shutdownDue = true;
                break;
            case SessionEvent.Abort:
                _frames.Abort();
                break;
            case SessionEvent.Closed closed:
                _link.Outbox.Close();
                _end = closed.End;
                _isOver = true;
                break;
        }
    }

    private void TakeRequest(in InboundMessage received)
    {
        bool shared = Services.TryMap(received.Type, out ushort type);
        if (_session.State == SessionState.Draining)
        {
            RespondError(received.Header, received.Charge, RequestErrorCode.ShuttingDown, "the session is ending");
        }
        else if (!shared)
        {
            RespondError(received.Header, received.Charge, RequestErrorCode.NoSuchService, "this node does not take part in the service");
        }
        else if (!_node.Catalog.Requests.TryGetValue(type, out MessageHandler<RequestContext, IMessage>? handler))
        {
            RequestErrorCode code = _node.Catalog.HasService(type) ? RequestErrorCode.UnknownType : RequestErrorCode.NoSuchService;
            RespondError(received.Header, received.Charge, code, $"no handler for type {type:x4}");
        }
        else if (!handler.Decoder.TryRead(received.Body.Span, out object? message))
        {
            RespondError(received.Header, received.Charge, RequestErrorCode.Malformed, $"not a message of type {type:x4}");
            Penalise(ReasonTable.MalformedPoints, $"a request of type {type:x4} that does not parse");
        }
        else if (handler.Mode == HandlerMode.Inline)
        {
            CallInline(handler, message, type, received);
        }
        else
        {
            RequestContext context = new(Remote);
            Invocation invocation = new Invocation.OfRequest(received.Header, message, received.Charge, context, handler)
            {
                Type = type,
                Expires = received.Expires,
            };
            Work.Requests[received.Id] = invocation;
            Dispatch(invocation);
        }
    }

    private void TakeNotify(in InboundMessage received)
    {
        if (!Services.TryMap(received.Type, out ushort type))
        {
            _session.Finish(_now, received.Charge);
        }
        else if (received.Expires <= _now)
        {
            _expired++;
            _session.Finish(_now, received.Charge);
        }
        else if (_node.Catalog.RawNotifies.TryGetValue(type, out RawNotifyHandler? inline))
        {
            CallInline(inline, type, received);
        }
        else if (!_node.Catalog.Notifies.TryGetValue(type, out MessageHandler<NotifyContext, bool>? handler))
        {
            // Nobody here listens to it; that is no fault of the peer's.
            _session.Finish(_now, received.Charge);
        }
        else if (!handler.Decoder.TryRead(received.Body.Span, out object? message))
        {
            _session.Finish(_now, received.Charge);
            Penalise(ReasonTable.MalformedPoints, $"a notify of type {type:x4} that does not parse");
        }
        else if (handler.Mode == HandlerMode.Inline)
        {
            CallInline(handler, message, type, received);
        }
        else
        {
            NotifyContext context = new(Remote);
            Dispatch(new Invocation.OfNotify(received.Header, message, received.Charge, context, handler)
            {
                Type = type,
                Expires = received.Expires,
            });
        }
    }

    private void TakeResponse(in InboundMessage received)
    {
        RequestId id = new(received.Id);
        object? message = null;
        bool parsed = Services.TryMap(received.Type, out ushort type) && _node.Catalog.Find(type)?.TryRead(received.Body.Span, out message) == true;
        _session.Finish(_now, received.Charge);
        _tracker.Tell(new RequestMessages.Answered(_link.Number, id, type, message));
        if (!parsed)
        {
            Penalise(ReasonTable.MalformedPoints, $"a response of type {type:x4} that does not parse, or was not asked for");
        }
    }

    private void TakeBroadcast(in InboundMessage received)
    {
        BroadcastHead head = received.ReadBroadcastHead();
        SharedBuffer? buffer = received.Owner;
        if (buffer is null)
        {
            buffer = SharedBuffer.Rent(received.Body.Length);
            received.Body.Span.CopyTo(buffer.Array);

            // Until it is judged and relayed it pins the whole buffer, which for a small message is many times what its credit says.
            buffer.ChargeTo(_node.Memory);
        }

        // One hop further for everyone it is relayed to. The buffer is ours alone until the Broadcaster shares it.
        (head with { Hops = (byte)(head.Hops + 1) }).Write(buffer.Array);
        EncodedMessage message = new(received.Type, buffer, 0, received.Body.Length);
        _broadcaster.Tell(new GossipMessages.Arrived(
            Remote, head, message, received.Lane, received.Charge));
    }

    private void Penalise(int points, string detail)
    {
        if (points > 0)
        {
            Context.Parent.Tell(new ManagerMessages.Penalise(_link.Number, points, detail));
        }
    }

    /// <summary>
    /// A rejected broadcast is charged once an hour at most: an honest node that follows another rule relays many of them, and
    /// forgiving keeps pace with that. A malformed one is charged each time.
    /// </summary>
    private void PenaliseBroadcast(int points, string detail)
    {
        if (points > 0 && !(_now - _rejectionCharged < TimeSpan.FromHours(1)))
        {
            _rejectionCharged = _now;
            Penalise(points, detail);
        }
    }

    private Peer Remote => _peer ??= IntroducePeer();

    private Peer IntroducePeer()
    {
        _link.Peer.Introduce(_session.RemoteHello, Services);
        return _link.Peer;
    }
}
