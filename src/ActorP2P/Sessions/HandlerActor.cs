using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>
/// Calls the application's handlers for one peer, in the order in which its messages came, outside the PeerActor's turn: frames
/// are read and pings answered however long a handler takes. An asynchronous handler is begun in order and not waited for.
/// </summary>
internal sealed class HandlerActor(ILogger logger, ReplyGate gate) : UntypedActor
{
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

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and logged.")]
    private void Call(Invocation invocation, IActorRef peer)
    {
        try
        {
            ValueTask<IMessage?> reply = invocation.Invoke();
            if (reply.IsCompletedSuccessfully)
            {
                peer.TellNext(Success(invocation, reply.Result));
            }
            else
            {
                _ = AwaitAsync(invocation, peer, reply);
            }
        }
        catch (Exception exception)
        {
            Fail(invocation, peer, exception);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and logged.")]
    private async Task AwaitAsync(Invocation invocation, IActorRef peer, ValueTask<IMessage?> pending)
    {
        try
        {
            peer.Tell(Success(invocation, await pending), ActorRefs.NoSender);
        }
        catch (Exception exception)
        {
            Fail(invocation, peer, exception);
        }
    }

    private PeerMessages.Handled Success(Invocation invocation, IMessage? reply)
    {
        EncodedMessage? encoded = reply is null ? null : PayloadWriter.Encode(reply);
        gate.Leave(invocation.Header.Lane, encoded?.Length ?? 0);
        return new PeerMessages.Handled(invocation, encoded, 0, "");
    }

    private void Fail(Invocation invocation, IActorRef peer, Exception exception)
    {
        (RequestErrorCode code, string text) = exception is RequestRefusedException refused
            ? ((RequestErrorCode)refused.Code, refused.Message)
            : (RequestErrorCode.HandlerFailed, "the handler failed");
        bool cancelled = exception is OperationCanceledException && invocation.Context.IsCancelled;

        // Told first: a logger that throws must not leave the asker without an answer.
        peer.Tell(new PeerMessages.Handled(invocation, null, code, text), ActorRefs.NoSender);
        if (code == RequestErrorCode.HandlerFailed && !cancelled)
        {
            Log.HandlerFailed(logger, exception, invocation.Message.GetType().Name);
        }
    }
}
