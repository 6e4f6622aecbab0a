using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Decodes the peer's messages and passes each to the part that handles it. It is a part of the PeerActor and used in
/// its turns only.
/// </summary>
internal sealed class PeerInbound(
    NodeContext node, PeerLink link, PeerSession session, PeerOutbound outbound, PeerHandlers handlers,
    PeerGossip gossip, AskOutcomes outcomes, IActorRef self)
{
    private readonly InlineHandlers _inline = new(node, link, session, outbound);
    private ServiceMap? _services;
    private Peer? _peer;
    private long _expired;

    /// <summary>Messages that expired before their handlers began.</summary>
    public long Expired => _expired + _inline.Expired;

    /// <summary>The peer. It can be used once the peer's hello has been read.</summary>
    public Peer Remote => _peer ??= Introduce();

    // Created when a frame of the peer needs it. The peer's hello has been read by then.
    public ServiceMap Services =>
        _services ??= new ServiceMap(node.Catalog.ServiceNames, session.RemoteHello!.Services);

    /// <summary>
    /// Handles a message of the peer. A body in the receive buffer is read or copied here.
    /// </summary>
    public void Take(in InboundMessage received, TimeSpan now)
    {
        switch (received.Kind)
        {
            case FrameKind.Broadcast:
                // The Broadcaster releases it.
                gossip.Take(received, Remote);
                return;
            case FrameKind.Request:
                TakeRequest(received, now);
                break;
            case FrameKind.Response:
                TakeResponse(received, now);
                break;
            default:
                TakeNotify(received, now);
                break;
        }

        received.Owner?.Release();
    }

    /// <summary>The connection has ended.</summary>
    public void Close() => _inline.Close();

    private void TakeRequest(in InboundMessage received, TimeSpan now)
    {
        if (!TryFindHandler(
            received,
            out ushort type,
            out MessageHandler<RequestContext, IMessage>? handler,
            out HandlerResult refusal))
        {
            Refuse(received, refusal, now);
        }
        else if (!handler!.Decoder.TryRead(received.Body.Span, out object? message))
        {
            Refuse(received, new(null, RequestErrorCode.Malformed, $"not a message of type {type:x4}"), now);
            Penalise(ReasonTable.MalformedPoints, $"a request of type {type:x4} that does not parse");
        }
        else if (handler.Mode == HandlerMode.Inline)
        {
            _inline.Call(handler, message, Remote, type, received, now);
        }
        else
        {
            RequestContext context = new(Remote);
            handlers.Add(new Invocation.OfRequest(received.Header, message, received.Charge, context, handler)
            {
                Type = type,
                Queue = handlers.Queue,
                Expires = received.Expires,
                Trace = NodeTraces.Keep(received.Headers.Span),
            });
        }
    }

    private bool TryFindHandler(
        in InboundMessage received,
        out ushort type,
        [NotNullWhen(true)] out MessageHandler<RequestContext, IMessage>? handler,
        out HandlerResult refusal)
    {
        handler = null;
        bool isShared = Services.TryMap(received.Type, out type);
        if (session.State == SessionState.Draining)
        {
            refusal = new(null, RequestErrorCode.ShuttingDown, "the session is ending");
        }
        else if (!isShared)
        {
            refusal = new(null, RequestErrorCode.NoSuchService, "this node does not take part in the service");
        }
        else if (node.Catalog.Requests.TryGetValue(type, out handler))
        {
            refusal = default;
        }
        else
        {
            refusal = new(
                null,
                node.Catalog.HasService(type) ? RequestErrorCode.UnknownType : RequestErrorCode.NoSuchService,
                $"no handler for type {type:x4}");
        }

        return handler is not null;
    }

    private void Refuse(in InboundMessage request, in HandlerResult refusal, TimeSpan now)
    {
        outbound.Respond(request.Header, refusal);
        session.Finish(now, request.Charge);
    }

    private void TakeNotify(in InboundMessage received, TimeSpan now)
    {
        if (!Services.TryMap(received.Type, out ushort type))
        {
            session.Finish(now, received.Charge);
        }
        else if (received.Expires <= now)
        {
            _expired++;
            session.Finish(now, received.Charge);
        }
        else if (node.Catalog.RawNotifies.TryGetValue(type, out RawNotifyHandler? raw))
        {
            _inline.Call(raw, Remote, type, received, now);
        }
        else if (!node.Catalog.Notifies.TryGetValue(type, out MessageHandler<NotifyContext, bool>? handler))
        {
            // No handler here is interested in it. The peer is not at fault.
            session.Finish(now, received.Charge);
        }
        else if (!handler.Decoder.TryRead(received.Body.Span, out object? message))
        {
            session.Finish(now, received.Charge);
            Penalise(ReasonTable.MalformedPoints, $"a notify of type {type:x4} that does not parse");
        }
        else if (handler.Mode == HandlerMode.Inline)
        {
            _inline.Call(handler, message, Remote, type, received, now);
        }
        else
        {
            NotifyContext context = new(Remote);
            handlers.Add(new Invocation.OfNotify(received.Header, message, received.Charge, context, handler)
            {
                Type = type,
                Queue = handlers.Queue,
                Expires = received.Expires,
                Trace = NodeTraces.Keep(received.Headers.Span),
            });
        }
    }

    private void TakeResponse(in InboundMessage received, TimeSpan now)
    {
        object? message = null;
        bool isRead = Services.TryMap(received.Type, out ushort type)
            && node.Catalog.Find(type)?.TryRead(received.Body.Span, out message) == true;
        session.Finish(now, received.Charge);
        outcomes.Add(AskOutcome.Answered(new RequestId(received.Id), type, message));
        if (!isRead)
        {
            Penalise(
                ReasonTable.MalformedPoints, $"a response of type {type:x4} that does not parse, or was not asked for");
        }
    }

    /// <summary>Charges the peer.</summary>
    public void Penalise(int points, string detail) =>
        node.Manager.Tell(new ManagerMessages.Penalise(link.Number, points, detail), self);

    private Peer Introduce()
    {
        link.Peer.Introduce(session.RemoteHello, session.ProvenId, Services);
        return link.Peer;
    }
}
