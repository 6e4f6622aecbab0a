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
    private readonly ServiceGate? _gate =
        node.Catalog.Admissions.HasServices ? new ServiceGate(node, link, session, self) : null;

    private readonly OwnHandlers _own = new(node, link);
    private ServiceMap? _services;
    private Peer? _peer;
    private long _expired;

    /// <summary>Messages that expired before their handlers began.</summary>
    public long Expired => _expired + _inline.Expired;

    /// <summary>
    /// Notifies and broadcasts dropped, and requests refused, because the peer may not use their service.
    /// </summary>
    public long NotAllowed { get; private set; }

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
        if (_gate is not null && MustWait(received))
        {
            return;
        }

        switch (received.Kind)
        {
            case FrameKind.Broadcast when MayUse(received.Type):
                // The Broadcaster releases it.
                gossip.Take(received, Remote);
                return;
            case FrameKind.Broadcast:
                // Another peer may bring it, so its id is not remembered.
                session.Finish(now, received.Charge);
                break;
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

    /// <summary>The peer says something anew of itself.</summary>
    public void TakeUpdate(SessionEvent.Updated updated)
    {
        _peer = Introduce();
        gossip.TellWanted(_peer);
        if (updated.HasNewState)
        {
            node.Manager.Tell(new ManagerMessages.PeerState(_peer, _peer.State), self);
        }
    }

    /// <summary>The program has said whether the peer may use a service.</summary>
    public void TakeAdmission(PeerMessages.AdmissionGiven given, TimeSpan now)
    {
        foreach (InboundMessage waited in _gate!.Take(given, TypeOf))
        {
            Take(waited, now);
        }
    }

    /// <summary>The peer has cancelled a request.</summary>
    public void Cancel(ulong id, TimeSpan now) => _gate?.Cancel(id, now);

    /// <summary>The connection has ended.</summary>
    public void Close()
    {
        _inline.Close();
        _gate?.Close();
    }

    // A connection that another one replaces ends, but its node does not leave.
    private bool MayBegin => session.State < SessionState.Draining || session.IsReplaced;

    /// <summary>Whether a message waits until the program has said whether the peer may use its service.</summary>
    private bool MustWait(in InboundMessage received)
    {
        ushort type = TypeOf(received);
        bool isAnswered = received.Kind == FrameKind.Response || (received.Kind == FrameKind.Request && !MayBegin);
        return !isAnswered
            && Remote.MayUse(node.Policy.Of(type)) && _gate!.TryHold(received, type);
    }

    // A type of a service that this node does not have belongs to the library's own service here, which has no gate.
    private ushort TypeOf(InboundMessage received) => received.Kind == FrameKind.Broadcast ? received.Type
        : Services.TryMap(received.Type, out ushort type) ? type : (ushort)0;

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
        if (!MayBegin)
        {
            refusal = new(null, RequestErrorCode.ShuttingDown, "the session is ending");
        }
        else if (!isShared)
        {
            refusal = new(null, RequestErrorCode.NoSuchService, "this node does not take part in the service");
        }
        else if (!MayUse(type))
        {
            refusal = new(null, RequestErrorCode.NotAllowed, WhyNotAllowed(type));
        }
        else if (_own.OfRequest(type).Requests.TryGetValue(type, out handler))
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
        MessageCatalog catalog = node.Catalog;
        if (!Services.TryMap(received.Type, out ushort type))
        {
            session.Finish(now, received.Charge);
        }
        else if (!MayUse(type))
        {
            session.Finish(now, received.Charge);
        }
        else if (received.Expires <= now)
        {
            _expired++;
            session.Finish(now, received.Charge);
        }
        else if ((catalog = _own.OfNotify(type)).RawNotifies.TryGetValue(type, out RawNotifyHandler? raw))
        {
            _inline.Call(raw, Remote, type, received, now);
        }
        else if (!catalog.Notifies.TryGetValue(type, out MessageHandler<NotifyContext, bool>? handler))
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
        ushort type = Services.MapAnswer(received.Type);
        bool isRead = node.Catalog.Find(type)?.TryRead(received.Body.Span, out message) == true;
        session.Finish(now, received.Charge);
        outcomes.Add(AskOutcome.Answered(new RequestId(received.Id), type, message));
        if (!isRead)
        {
            Penalise(
                ReasonTable.MalformedPoints, $"a response of type {type:x4} that does not parse, or was not asked for");
        }
    }

    /// <summary>
    /// Whether the peer may use the service of a type, in this node's numbers. A message that is not allowed counts.
    /// </summary>
    private bool MayUse(ushort type)
    {
        bool mayUse = Remote.MayUse(node.Policy.Of(type)) && _gate?.RefusalOf(type) is null;
        NotAllowed += mayUse ? 0 : 1;
        return mayUse;
    }

    /// <summary>Why the peer may not open a stream of a type, in this node's numbers; null: it may.</summary>
    public string? RefusalOf(ushort type) => MayUse(type) ? null : WhyNotAllowed(type);

    /// <summary>
    /// Whether the program has yet to say whether the peer may use the service of a type; it is asked.
    /// </summary>
    public bool AsksProgram(ushort type) => _gate?.Asks(type) == true;

    private string WhyNotAllowed(ushort type) => Remote.MayUse(node.Policy.Of(type)) ? _gate!.RefusalOf(type)!
        : node.Policy.Of(type) == ServiceAccess.Member ? "the service is for members"
        : "log in first";

    /// <summary>Charges the peer.</summary>
    public void Penalise(int points, string detail) =>
        node.Manager.Tell(new ManagerMessages.Penalise(link.Number, points, detail), self);

    private Peer Introduce()
    {
        link.Peer.Introduce(session.RemoteHello, session.ProvenId, Services);
        return link.Peer;
    }
}
