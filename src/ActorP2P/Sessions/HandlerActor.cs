using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>
/// Calls the application's handlers for one peer, in the order in which its messages came, outside the PeerActor's turn: frames
/// are read and pings answered however long a handler takes. An asynchronous handler is begun in order and not waited for.
/// </summary>
internal sealed class HandlerActor(NodeContext node, ReplyGate gate) : UntypedActor
{
    /// <summary>What the asker is told when nobody wanted the message any more.</summary>
    internal const string ExpiredText = "expired before its handler could begin";

    // By lane, the most urgent first.
    private readonly Queue<Invocation>[] _held = [new(), new(), new()];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Invocation invocation:
                _held[(int)invocation.Header.Lane - 1].Enqueue(invocation);
                break;
            case PeerMessages.RepliesTaken:
                break;
            default:
                Unhandled(message);
                break;
        }

        for (int i = 0; i < _held.Length; i++)
        {
            Lane lane = (Lane)(i + 1);
            while (_held[i].Count > 0 && !(gate.IsFull(lane) && gate.TryHold(lane)))
            {
                Call(_held[i].Dequeue(), Context.Parent);
            }
        }
    }

    protected override void PostStop()
    {
        foreach (Queue<Invocation> held in _held)
        {
            while (held.TryDequeue(out Invocation? invocation))
            {
                invocation.ReleaseSlot();
            }
        }
    }

    /// <summary>Logs a handler's failure; to be called when the asker has been told, for a logger may throw.</summary>
    private static void LogFault(PeerMessages.Handled handled, ILogger logger)
    {
        if (handled.Fault is not null)
        {
            Log.HandlerFailed(logger, handled.Fault, handled.Invocation.Message.GetType().Name);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and logged.")]
    private void Call(Invocation invocation, IActorRef peer)
    {
        PeerMessages.Handled handled;
        if (invocation.Expires <= node.Now)
        {
            peer.Tell(Expired(invocation));
            return;
        }

        try
        {
            ValueTask<IMessage?> reply = invocation.Mode == HandlerMode.Asynchronous ? HandlerScope.Invoke(invocation) : invocation.Invoke();
            if (!reply.IsCompletedSuccessfully)
            {
                _ = AwaitAsync(invocation, peer, reply);
                return;
            }

            handled = Success(invocation, reply.Result, gate);
        }
        catch (Exception exception)
        {
            handled = Failure(invocation, exception);
        }

        peer.Tell(handled);
        LogFault(handled, node.Logger);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and logged.")]
    private async Task AwaitAsync(Invocation invocation, IActorRef peer, ValueTask<IMessage?> pending)
    {
        PeerMessages.Handled handled;
        try
        {
            handled = Success(invocation, await pending, gate);
        }
        catch (Exception exception)
        {
            handled = Failure(invocation, exception);
        }

        peer.Tell(handled, ActorRefs.NoSender);
        LogFault(handled, node.Logger);
    }

    /// <summary>What the asker is told when the handler has thrown.</summary>
    internal static (RequestErrorCode Code, string Text) AnswerTo(Exception exception) => exception is RequestRefusedException refused
        ? ((RequestErrorCode)refused.Code, refused.Message)
        : (RequestErrorCode.HandlerFailed, "the handler failed");

    private static PeerMessages.Handled Expired(Invocation invocation) =>
        new(invocation, null, RequestErrorCode.Expired, ExpiredText) { IsExpired = true };

    private static PeerMessages.Handled Success(Invocation invocation, IMessage? reply, ReplyGate gate)
    {
        EncodedMessage? encoded = reply is null ? null : PayloadWriter.Encode(reply);
        gate.Leave(invocation.Header.Lane, encoded?.Length ?? 0);
        return new PeerMessages.Handled(invocation, encoded, 0, "");
    }

    private static PeerMessages.Handled Failure(Invocation invocation, Exception exception)
    {
        (RequestErrorCode code, string text) = AnswerTo(exception);
        bool cancelled = exception is OperationCanceledException && invocation.Context.IsCancelled;
        return new PeerMessages.Handled(invocation, null, code, text)
        {
            Fault = code == RequestErrorCode.HandlerFailed && !cancelled ? exception : null,
        };
    }
}
