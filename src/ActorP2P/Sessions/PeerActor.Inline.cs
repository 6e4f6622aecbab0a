using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Handlers that run in the connection's own turn. When one returns all is done, so nothing is noted of it.</content>
internal sealed partial class PeerActor
{
    // For all notifies that are taken inline: what it says of the peer is the same for each.
    private NotifyContext? _inlineContext;

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is logged, and no fault of the connection.")]
    private void CallInline(RawNotifyHandler handler, in SessionEffect effect)
    {
        try
        {
            handler(_peer ??= CreatePeer(), effect.Body.Span);
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(_node.Logger, exception, $"{effect.Header.Type:x4}");
        }

        _session.Finish(_now, effect.Charge);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is logged, and no fault of the connection.")]
    private void CallInline(MessageHandler<NotifyContext, bool> handler, object message, in SessionEffect effect)
    {
        try
        {
            Ended(handler.Invoke(message, _inlineContext ??= new NotifyContext(_peer ??= CreatePeer())));
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(_node.Logger, exception, message.GetType().Name);
        }

        _session.Finish(_now, effect.Charge);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and logged.")]
    private void CallInline(MessageHandler<RequestContext, IMessage> handler, object message, in SessionEffect effect)
    {
        if (effect.Expires <= _now)
        {
            _expired++;
            RespondError(effect.Header, effect.Charge, RequestErrorCode.Expired, HandlerActor.ExpiredText);
            return;
        }

        EncodedMessage reply;
        try
        {
            reply = PayloadWriter.Encode(Ended(handler.Invoke(message, new RequestContext(_peer ??= CreatePeer()))));
        }
        catch (Exception exception)
        {
            (RequestErrorCode code, string text) = HandlerActor.AnswerTo(exception);
            RespondError(effect.Header, effect.Charge, code, text);
            if (code == RequestErrorCode.HandlerFailed)
            {
                // When the asker has been told, for a logger may throw.
                Log.HandlerFailed(_node.Logger, exception, message.GetType().Name);
            }

            return;
        }

        Respond(effect.Header, reply);
        _session.Finish(_now, effect.Charge);
    }

    // Registration lets only handlers in that give their result when they return.
    private static T Ended<T>(ValueTask<T> result) => result.IsCompleted
        ? result.Result
        : throw new InvalidOperationException("A handler that is called inline has ended when it returns.");
}
