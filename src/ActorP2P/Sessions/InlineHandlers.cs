using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Calls handlers in the connection's own turn. When such a handler returns, its message is
/// finished, so nothing is recorded. It is a part of the PeerActor and used in its turns only.
/// </summary>
internal sealed class InlineHandlers(NodeContext node, PeerLink link, PeerSession session, PeerOutbound outbound)
{
    // One context for all inline notifies: it is the same for each.
    private NotifyContext? _context;

    /// <summary>Requests that expired before their handlers began.</summary>
    public long Expired { get; private set; }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "Every exception of an application's handler is reported; the connection goes on.")]
    public void Call(RawNotifyHandler handler, Peer peer, ushort type, in InboundMessage received, TimeSpan now)
    {
        try
        {
            link.InlineType = type;
            handler(peer, received.Body.Span);
        }
        catch (Exception exception)
        {
            node.ReportFault(peer, type, $"{type:x4}", exception);
        }

        link.InlineType = 0;
        session.Finish(now, received.Charge);
    }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "Every exception of an application's handler is reported; the connection goes on.")]
    public void Call(
        MessageHandler<NotifyContext, bool> handler, object message, Peer peer, ushort type,
        in InboundMessage received, TimeSpan now)
    {
        string? failure = null;
        _context ??= new NotifyContext(peer);
        _context.Begin();
        Activity? span = NodeTraces.BeginHandler(FrameKind.Notify, peer, type, message, received.Headers.Span);
        try
        {
            NodeTraces.Enter(span);
            link.InlineType = type;
            Ended(handler.Invoke(message, _context));
        }
        catch (Exception exception)
        {
            failure = nameof(RequestErrorCode.HandlerFailed);
            node.ReportFault(peer, type, message.GetType().Name, exception);
        }

        _context.End(failure);
        link.InlineType = 0;
        if (span is not null)
        {
            NodeTraces.Leave();
            NodeTraces.End(span, node, failure);
        }

        session.Finish(now, received.Charge);
    }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "Every exception of an application's handler is reported, and the peer gets an error.")]
    public void Call(
        MessageHandler<RequestContext, IMessage> handler, object message, Peer peer, ushort type,
        in InboundMessage received, TimeSpan now)
    {
        HandlerResult result;
        if (received.Expires <= now)
        {
            Expired++;
            result = HandlerResult.Expired;
        }
        else
        {
            RequestContext context = new(peer);
            context.Begin();
            Activity? span = NodeTraces.BeginHandler(
                FrameKind.Request, peer, type, message, received.Headers.Span);
            try
            {
                NodeTraces.Enter(span);
                link.InlineType = type;
                result = HandlerResult.Of(FrameKind.Request, Ended(handler.Invoke(message, context)));
            }
            catch (Exception exception)
            {
                result = HandlerResult.Of(exception);
                if (result.Error == RequestErrorCode.HandlerFailed)
                {
                    node.ReportFault(peer, type, message.GetType().Name, exception);
                }
            }

            string? failure = result.Error == 0 ? null : result.Error.ToString();
            context.End(failure);
            link.InlineType = 0;
            if (span is not null)
            {
                NodeTraces.Leave();
                NodeTraces.End(span, node, failure);
            }
        }

        outbound.Respond(received.Header, result);
        session.Finish(now, received.Charge);
    }

    /// <summary>The connection has ended.</summary>
    public void Close() => node.Cancel(_context);

    // Registration allows only handlers that have their result when they return.
    private static T Ended<T>(ValueTask<T> result) => result.IsCompleted
        ? result.Result
        : throw new InvalidOperationException("An inline handler must have ended when it returns.");
}
