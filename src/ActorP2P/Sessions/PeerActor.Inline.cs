using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Handlers that run in the connection's own turn. When one returns all is done, so nothing is noted of it.</content>
internal sealed partial class PeerActor
{
    // For all notifies that are taken inline: what it says of the peer is the same for each.
    private NotifyContext? _inlineContext;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is reported, and no fault of the connection.")]
    private void CallInline(RawNotifyHandler handler, ushort type, in InboundMessage received)
    {
        try
        {
            _link.InlineType = type;
            handler(Remote, received.Body.Span);
        }
        catch (Exception exception)
        {
            _node.ReportFault(Remote, type, $"{type:x4}", exception);
        }

        _link.InlineType = 0;
        _session.Finish(_now, received.Charge);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is reported, and no fault of the connection.")]
    private void CallInline(MessageHandler<NotifyContext, bool> handler, object message, ushort type, in InboundMessage received)
    {
        try
        {
            _link.InlineType = type;
            Ended(handler.Invoke(message, _inlineContext ??= new NotifyContext(Remote)));
        }
        catch (Exception exception)
        {
            _node.ReportFault(Remote, type, message.GetType().Name, exception);
        }

        _link.InlineType = 0;
        _session.Finish(_now, received.Charge);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and reported.")]
    private void CallInline(MessageHandler<RequestContext, IMessage> handler, object message, ushort type, in InboundMessage received)
    {
        if (received.Expires <= _now)
        {
            _expired++;
            RespondError(received.Header, received.Charge, RequestErrorCode.Expired, HandlerQueue.ExpiredText);
            return;
        }

        EncodedMessage reply;
        try
        {
            _link.InlineType = type;
            reply = PayloadWriter.Encode(HandlerQueue.Checked(Ended(handler.Invoke(message, new RequestContext(Remote)))));
        }
        catch (Exception exception)
        {
            (RequestErrorCode code, string text) = HandlerQueue.AnswerTo(exception);
            RespondError(received.Header, received.Charge, code, text);
            if (code == RequestErrorCode.HandlerFailed)
            {
                _node.ReportFault(Remote, type, message.GetType().Name, exception);
            }

            return;
        }
        finally
        {
            _link.InlineType = 0;
        }

        Respond(received.Header, reply);
        _session.Finish(_now, received.Charge);
    }

    // Registration lets only handlers in that give their result when they return.
    private static T Ended<T>(ValueTask<T> result) => result.IsCompleted
        ? result.Result
        : throw new InvalidOperationException("A handler that is called inline has ended when it returns.");
}
