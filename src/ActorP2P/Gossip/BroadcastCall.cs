using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Calls the application's handler of the broadcasts of one type, and makes a judgement of its end.</summary>
internal sealed class BroadcastCall(NodeContext node, MessageHandler<BroadcastContext, Verdict> handler)
{
    /// <summary>Reads a broadcast's message.</summary>
    /// <param name="arrived">The broadcast.</param>
    /// <param name="payload">Its message.</param>
    /// <param name="message">The message.</param>
    /// <param name="context">What the handler is given besides.</param>
    /// <returns>False when it is malformed.</returns>
    public bool TryRead(
        GossipMessages.Arrived arrived, ReadOnlySpan<byte> payload, [NotNullWhen(true)] out object? message,
        [NotNullWhen(true)] out BroadcastContext? context)
    {
        if (!handler.Decoder.TryRead(payload, out message))
        {
            context = null;
            return false;
        }

        context = arrived.Author is { } author
            ? new BroadcastContext(arrived.From, arrived.Head, author.Id, author.Sequence)
            : new BroadcastContext(arrived.From, arrived.Head);
        return true;
    }

    /// <summary>Calls the handler.</summary>
    public ValueTask<Verdict> Invoke(GossipMessages.Arrived arrived, object message, BroadcastContext context)
    {
        context.Begin();
        return arrived.Trace is null
            ? handler.Invoke(message, context)
            : InvokeTraced(arrived, message, context);
    }

    /// <summary>The handler has given its verdict.</summary>
    /// <exception cref="InvalidOperationException">It is none of the verdicts.</exception>
    public Judgement End(GossipMessages.Arrived arrived, BroadcastContext context, Verdict verdict)
    {
        if (verdict is < Verdict.Accept or > Verdict.Defer)
        {
            throw new InvalidOperationException(
                $"A broadcast handler returned {(int)verdict}, which is not a {nameof(Verdict)}.");
        }

        End(arrived, context, failure: null);
        return new Judgement(arrived, verdict);
    }

    /// <summary>The handler has failed, which is no verdict on the peer.</summary>
    public Judgement Fail(
        GossipMessages.Arrived arrived, BroadcastContext context, Exception exception, object? message)
    {
        ushort type = arrived.Message.Type;
        End(arrived, context, nameof(RequestErrorCode.HandlerFailed));
        if (exception is not OperationCanceledException || !context.IsCancelled)
        {
            node.ReportFault(arrived.From, type, message?.GetType().Name ?? $"{type:x4}", exception);
        }

        return new Judgement(arrived, Verdict.Ignore);
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
}
