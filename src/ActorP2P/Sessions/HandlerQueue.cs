using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Calls the application's handlers for one peer, in the order in which its messages came. Frames are read, pings answered and
/// the connection ended however long a handler takes. An asynchronous handler is begun in order and not waited for.
/// </summary>
internal sealed class HandlerQueue(NodeContext node, IActorRef peer, ReplyGate gate) : CallQueue(node.Running)
{
    /// <summary>What the asker is told when nobody wanted the message any more.</summary>
    internal const string ExpiredText = "expired before its handler could begin";

    // By lane, the most urgent first.
    private readonly Queue<Invocation>[] _held = [new(), new(), new()];

    /// <summary>Calls a message's handler when those before it have been called.</summary>
    public void Post(Invocation invocation)
    {
        lock (Guard)
        {
            _held[(int)invocation.Header.Lane - 1].Enqueue(invocation);
            if (!TryBegin())
            {
                return;
            }
        }

        Start();
    }

    /// <summary>The peer has taken replies, and there is room for more.</summary>
    public void RepliesTaken()
    {
        lock (Guard)
        {
            if (Array.TrueForAll(_held, static held => held.Count == 0) || !TryBegin())
            {
                return;
            }
        }

        Start();
    }

    /// <summary>The connection has ended: no further handler is called.</summary>
    public void Close()
    {
        lock (Guard)
        {
            foreach (Queue<Invocation> held in _held)
            {
                while (held.TryDequeue(out Invocation? invocation))
                {
                    invocation.ReleaseSlot();
                }
            }
        }
    }

    /// <summary>What the asker is told when the handler has thrown.</summary>
    internal static (RequestErrorCode Code, string Text) AnswerTo(Exception exception) => exception is RequestRefusedException refused
        ? ((RequestErrorCode)refused.Code, refused.Message)
        : (RequestErrorCode.HandlerFailed, "the handler failed");

    /// <summary>The reply to a request.</summary>
    /// <exception cref="InvalidOperationException">There is none: the handler gave null.</exception>
    internal static IMessage Checked(IMessage? reply) =>
        reply ?? throw new InvalidOperationException("The handler of a request returned null instead of a reply.");

    /// <inheritdoc/>
    protected override bool TryCallNext()
    {
        Invocation? next;
        lock (Guard)
        {
            next = TakeNext();
            NoteCall(next is null ? null : new HandlerCall(next.Context, next.Type));
            if (next is null)
            {
                End();
                return false;
            }
        }

        Invoke(next);
        return true;
    }

    private Invocation? TakeNext()
    {
        for (int i = 0; i < _held.Length; i++)
        {
            Lane lane = (Lane)(i + 1);
            if (_held[i].Count > 0 && !(gate.IsFull(lane) && gate.TryHold(lane)))
            {
                return _held[i].Dequeue();
            }
        }

        return null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and reported.")]
    private void Invoke(Invocation invocation)
    {
        if (invocation.Expires <= node.Now)
        {
            peer.Tell(Expired(invocation), ActorRefs.NoSender);
            return;
        }

        PeerMessages.Handled handled;
        try
        {
            ValueTask<IMessage?> reply = HandlerScope.Invoke(invocation);
            if (!reply.IsCompletedSuccessfully)
            {
                _ = AwaitAsync(invocation, reply);
                return;
            }

            handled = Success(invocation, reply.Result);
        }
        catch (Exception exception)
        {
            handled = Failure(invocation, exception);
        }

        Conclude(handled);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an application's handler throws is answered to the asker and reported.")]
    private async Task AwaitAsync(Invocation invocation, ValueTask<IMessage?> pending)
    {
        AwaitedHandler awaited = new(invocation.Context, invocation.Type);
        node.Running.Enter(awaited);
        PeerMessages.Handled handled;
        try
        {
            handled = Success(invocation, await pending);
        }
        catch (Exception exception)
        {
            handled = Failure(invocation, exception);
        }

        Conclude(handled);
        node.Running.Leave(awaited);
    }

    private void Conclude(PeerMessages.Handled handled)
    {
        peer.Tell(handled, ActorRefs.NoSender);
        if (handled.Fault is { } fault)
        {
            Invocation invocation = handled.Invocation;
            node.ReportFault(invocation.Context.Peer, invocation.Type, invocation.Message.GetType().Name, fault);
        }
    }

    private static PeerMessages.Handled Expired(Invocation invocation) =>
        new(invocation, null, RequestErrorCode.Expired, ExpiredText) { IsExpired = true };

    private PeerMessages.Handled Success(Invocation invocation, IMessage? reply)
    {
        EncodedMessage? encoded = invocation.Header.Kind == FrameKind.Request ? PayloadWriter.Encode(Checked(reply)) : null;
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
