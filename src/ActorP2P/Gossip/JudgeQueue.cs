using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Calls the application's broadcast handlers for one peer and one message type, in the order of arrival.
/// </summary>
internal sealed class JudgeQueue(
    NodeContext node, IActorRef broadcaster, MessageHandler<BroadcastContext, Verdict> handler)
        : CallQueue(node.Running)
{
    private readonly Queue<GossipMessages.Arrived> _waiting = new();
    private HandlerCall? _call;

    /// <inheritdoc/>
    public override HandlerCall? Call => Volatile.Read(ref _call);

    /// <summary>Whether it has nothing to do and may be removed.</summary>
    public bool IsIdle
    {
        get
        {
            lock (Guard)
            {
                return !IsRunning && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Queues a broadcast. Its handler is called when those before it have given their verdicts.</summary>
    public void Post(GossipMessages.Arrived arrived)
    {
        lock (Guard)
        {
            _waiting.Enqueue(arrived);
            if (!TryBegin())
            {
                return;
            }
        }

        Start();
    }

    /// <summary>The node ends: no further handler is called.</summary>
    public void Close()
    {
        lock (Guard)
        {
            while (_waiting.TryDequeue(out GossipMessages.Arrived? arrived))
            {
                arrived.OnUndelivered();
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TryCallNext()
    {
        GossipMessages.Arrived? next;
        lock (Guard)
        {
            Volatile.Write(ref _call, null);
            if (!_waiting.TryDequeue(out next))
            {
                End();
                return false;
            }
        }

        ReadOnlySpan<byte> payload = next.Message.Body.Span[BroadcastHead.Size..];
        if (handler.IsSigned)
        {
            if (!IsSigned(next, payload))
            {
                broadcaster.Tell(new GossipMessages.Judged(next, null) { IsForged = true }, ActorRefs.NoSender);
                return true;
            }

            payload = payload[AuthorBlock.Size..];
        }

        if (handler.Decoder.TryRead(payload, out object? message))
        {
            BroadcastContext context = next.Author is { } author
                ? new(next.From, next.Head, author.Id, author.Sequence)
                : new(next.From, next.Head);
            Volatile.Write(ref _call, new HandlerCall(context, next.Message.Type));
            Judge(next, message, context);
        }
        else
        {
            Conclude(next, null);
        }

        return true;
    }

    private bool IsSigned(GossipMessages.Arrived arrived, ReadOnlySpan<byte> payload) =>
        arrived.Author is not null && AuthorBlock.IsValid(
            node.Signer, node.Settings.NetworkId, arrived.Message.Type, arrived.Head.Salt, payload);

    [SuppressMessage(
        "Design", "CA1031", Justification = "An exception of the handler is reported and is no verdict on the peer.")]
    private void Judge(GossipMessages.Arrived arrived, object message, BroadcastContext context)
    {
        context.Begin();
        try
        {
            ValueTask<Verdict> verdict = arrived.Trace is null
                ? handler.Invoke(message, context)
                : InvokeTraced(arrived, message, context);
            if (verdict.IsCompletedSuccessfully)
            {
                Verdict given = Checked(verdict.Result);
                End(arrived, context, failure: null);
                Conclude(arrived, given);
            }
            else
            {
                _ = AwaitAsync(arrived, verdict, context);
            }
        }
        catch (Exception exception)
        {
            Fail(arrived, exception, message, context);
        }
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "An exception of the handler is reported and is no verdict on the peer.")]
    private async Task AwaitAsync(GossipMessages.Arrived arrived, ValueTask<Verdict> pending, BroadcastContext context)
    {
        AwaitedHandler awaited = new(context, arrived.Message.Type);
        node.Running.Enter(awaited);
        try
        {
            Verdict given = Checked(await pending);
            End(arrived, context, failure: null);
            Conclude(arrived, given);
        }
        catch (Exception exception)
        {
            Fail(arrived, exception, null, context);
        }

        node.Running.Leave(awaited);
    }

    private ValueTask<Verdict> InvokeTraced(
        GossipMessages.Arrived arrived, object message, BroadcastContext context)
    {
        Activity? before = Activity.Current;
        arrived.Span = NodeTraces.BeginHandler(
            FrameKind.Broadcast, arrived.From, arrived.Message.Type, message, arrived.Trace);
        NodeTraces.Enter(arrived.Span);
        try
        {
            return handler.Invoke(message, context);
        }
        finally
        {
            Activity.Current = before;
        }
    }

    private void End(GossipMessages.Arrived arrived, BroadcastContext context, string? failure)
    {
        context.End(failure);
        if (arrived.Span is { } span)
        {
            NodeTraces.End(span, node, failure);
        }
    }

    private static Verdict Checked(Verdict verdict) => verdict is >= Verdict.Accept and <= Verdict.Defer
        ? verdict
        : throw new InvalidOperationException(
            $"A broadcast handler returned {(int)verdict}, which is not a {nameof(Verdict)}.");

    private void Conclude(GossipMessages.Arrived arrived, Verdict? verdict) =>
        broadcaster.Tell(new GossipMessages.Judged(arrived, verdict), ActorRefs.NoSender);

    private void Fail(GossipMessages.Arrived arrived, Exception exception, object? message, BroadcastContext context)
    {
        ushort type = arrived.Message.Type;
        End(arrived, context, nameof(RequestErrorCode.HandlerFailed));
        Conclude(arrived, Verdict.Ignore);
        if (exception is not OperationCanceledException || !context.IsCancelled)
        {
            node.ReportFault(arrived.From, type, message?.GetType().Name ?? $"{type:x4}", exception);
        }
    }
}
