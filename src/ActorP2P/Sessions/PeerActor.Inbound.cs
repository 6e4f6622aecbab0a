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
                _session.Receive(_now, frame);

                // Bodies lie in the batch's slab: what is kept of them is read or copied here, before the next frame.
                CarryOut();
            }

            if (batch.Oversized is { } oversized)
            {
                _session.ReceiveOversized(_now, oversized);
            }
        }
        finally
        {
            batch.Release();
        }
    }

    private void CarryOut()
    {
        while (_session.TryTakeEffect(out SessionEffect effect))
        {
            CarryOut(effect);
        }
    }

    /// <summary>The actor ends: nothing is begun any more, and what is held is let go.</summary>
    private void DropEffects()
    {
        while (_session.TryTakeEffect(out SessionEffect effect))
        {
            effect.Owner?.Release();
            _end = effect.End ?? _end;
        }
    }

    private void CarryOut(in SessionEffect effect)
    {
        switch (effect.Kind)
        {
            case SessionEffectKind.Ready:
                _peer = IntroducePeer();
                _frames.BoundSending(_session.RoundTrip ?? TimeSpan.Zero);
                _link.Outbox.Open(_session.RemoteHello!.MaxMessage);
                Context.Parent.Tell(new ManagerMessages.LinkReady(_peer));
                break;
            case SessionEffectKind.Request:
                TakeRequest(effect);
                effect.Owner?.Release();
                break;
            case SessionEffectKind.Notify:
                TakeNotify(effect);
                effect.Owner?.Release();
                break;
            case SessionEffectKind.Response:
                TakeResponse(effect);
                effect.Owner?.Release();
                break;
            case SessionEffectKind.Error:
                _tracker.Tell(new RequestMessages.Refused(_link.Number, new RequestId(effect.Header.Id),
                    (RequestErrorCode)effect.Header.Type, effect.Text ?? ""));
                break;
            case SessionEffectKind.Refused when effect.Header.Kind == FrameKind.Request:
                _tracker.Tell(new RequestMessages.NotSent(_link.Number, new RequestId(effect.Header.Id), AskFailure.NoRoom,
                    $"the peer refused it: {(ResetReason)effect.Header.Type}"));
                break;
            case SessionEffectKind.Expired when effect.Header.Kind == FrameKind.Request:
                _tracker.Tell(new RequestMessages.NotSent(_link.Number, new RequestId(effect.Header.Id), AskFailure.Expired,
                    "it waited to be sent for longer than anybody wants it"));
                break;
            case SessionEffectKind.Cancelled:
                CancelHandler(effect.Header.Id);
                break;
            case SessionEffectKind.BroadcastBegun:
                _broadcaster.Tell(new GossipMessages.Begun(_link.Number, Self, effect.ReadBroadcastHead().Id, effect.Header.Id));
                break;
            case SessionEffectKind.Broadcast:
                TakeBroadcast(effect);
                break;
            case SessionEffectKind.BroadcastDropped:
                NoteDropped(effect);
                break;
            case SessionEffectKind.BroadcastsAnnounced:
                _broadcaster.Tell(new GossipMessages.Announced(_link.Number, Self, ReadIds(effect.Body.Span)));
                break;
            case SessionEffectKind.BroadcastsWanted:
                _broadcaster.Tell(new GossipMessages.Wanted(_link.Number, Self, ReadIds(effect.Body.Span)));
                break;
            case SessionEffectKind.Draining:
                _link.Outbox.Close();
                Context.Parent.Tell(new ManagerMessages.LinkDraining(_link.Number));
                break;
            case SessionEffectKind.Shutdown:
                _link.Outbox.Close();
                // Also where no goodbye was to be drained: nothing new must be begun on a link that is ending.
                Context.Parent.Tell(new ManagerMessages.LinkDraining(_link.Number));
                _shutdownDue = true;
                break;
            case SessionEffectKind.Abort:
                _frames.Abort();
                break;
            case SessionEffectKind.Closed:
                _link.Outbox.Close();
                _end = effect.End;
                _isOver = true;
                break;
        }
    }

    private void TakeRequest(in SessionEffect effect)
    {
        bool shared = Services.TryMap(effect.Header.Type, out ushort type);
        if (_session.State == SessionState.Draining)
        {
            RespondError(effect.Header, effect.Charge, RequestErrorCode.ShuttingDown, "the session is ending");
        }
        else if (!shared)
        {
            RespondError(effect.Header, effect.Charge, RequestErrorCode.NoSuchService, "this node does not take part in the service");
        }
        else if (!_node.Catalog.Requests.TryGetValue(type, out MessageHandler<RequestContext, IMessage>? handler))
        {
            RequestErrorCode code = _node.Catalog.HasService(type) ? RequestErrorCode.UnknownType : RequestErrorCode.NoSuchService;
            RespondError(effect.Header, effect.Charge, code, $"no handler for type {type:x4}");
        }
        else if (!handler.Decoder.TryRead(effect.Body.Span, out object? message))
        {
            RespondError(effect.Header, effect.Charge, RequestErrorCode.Malformed, $"not a message of type {type:x4}");
            Penalise(ReasonTable.MalformedPoints, $"a request of type {type:x4} that does not parse");
        }
        else if (handler.Mode == HandlerMode.Inline)
        {
            CallInline(handler, message, type, effect);
        }
        else
        {
            RequestContext context = new(Remote);
            Invocation invocation = new Invocation.OfRequest(effect.Header, message, effect.Charge, context, handler)
            {
                Type = type,
                Expires = effect.Expires,
            };
            Work.Requests[effect.Header.Id] = invocation;
            Dispatch(invocation);
        }
    }

    private void TakeNotify(in SessionEffect effect)
    {
        if (!Services.TryMap(effect.Header.Type, out ushort type))
        {
            _session.Finish(_now, effect.Charge);
        }
        else if (effect.Expires <= _now)
        {
            _expired++;
            _session.Finish(_now, effect.Charge);
        }
        else if (_node.Catalog.RawNotifies.TryGetValue(type, out RawNotifyHandler? inline))
        {
            CallInline(inline, type, effect);
        }
        else if (!_node.Catalog.Notifies.TryGetValue(type, out MessageHandler<NotifyContext, bool>? handler))
        {
            // Nobody here listens to it; that is no fault of the peer's.
            _session.Finish(_now, effect.Charge);
        }
        else if (!handler.Decoder.TryRead(effect.Body.Span, out object? message))
        {
            _session.Finish(_now, effect.Charge);
            Penalise(ReasonTable.MalformedPoints, $"a notify of type {type:x4} that does not parse");
        }
        else if (handler.Mode == HandlerMode.Inline)
        {
            CallInline(handler, message, type, effect);
        }
        else
        {
            NotifyContext context = new(Remote);
            Dispatch(new Invocation.OfNotify(effect.Header, message, effect.Charge, context, handler)
            {
                Type = type,
                Expires = effect.Expires,
            });
        }
    }

    private void TakeResponse(in SessionEffect effect)
    {
        RequestId id = new(effect.Header.Id);
        object? message = null;
        bool parsed = Services.TryMap(effect.Header.Type, out ushort type) && _node.Catalog.Find(type)?.TryRead(effect.Body.Span, out message) == true;
        _session.Finish(_now, effect.Charge);
        _tracker.Tell(new RequestMessages.Answered(_link.Number, id, type, message));
        if (!parsed)
        {
            Penalise(ReasonTable.MalformedPoints, $"a response of type {type:x4} that does not parse, or was not asked for");
        }
    }

    private void TakeBroadcast(in SessionEffect effect)
    {
        BroadcastHead head = effect.ReadBroadcastHead();
        SharedBuffer? buffer = effect.Owner;
        if (buffer is null)
        {
            buffer = SharedBuffer.Rent(effect.Body.Length);
            effect.Body.Span.CopyTo(buffer.Array);

            // Until it is judged and relayed it pins the whole buffer, which for a small message is many times what its credit says.
            buffer.ChargeTo(_node.Memory);
        }

        // One hop further for everyone it is relayed to. The buffer is ours alone until the Broadcaster shares it.
        (head with { Hops = (byte)(head.Hops + 1) }).Write(buffer.Array);
        EncodedMessage message = new(effect.Header.Type, buffer, 0, effect.Body.Length);
        _broadcaster.Tell(new GossipMessages.Arrived(
            Remote, head, message, effect.Header.Lane, effect.Charge));
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
