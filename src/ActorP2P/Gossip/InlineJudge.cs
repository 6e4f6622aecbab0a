using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Calls a broadcast handler that is registered as inline, in the turn of the Broadcaster.</summary>
internal sealed class InlineJudge(NodeContext node, MessageHandler<BroadcastContext, Verdict> handler) : RunningHandler
{
    private readonly BroadcastCall _call = new(node, handler);
    private BroadcastContext? _context;

    /// <inheritdoc/>
    public override HandlerCall? Call => Volatile.Read(ref _context) is { } context
        ? new HandlerCall(context, handler.Decoder.Type)
        : null;

    /// <summary>Calls the handler, which has its verdict when it returns.</summary>
    [SuppressMessage(
        "Design", "CA1031", Justification = "An exception of the handler is reported and is no verdict on the peer.")]
    public Judgement Judge(GossipMessages.Arrived arrived)
    {
        ReadOnlySpan<byte> payload = arrived.Message.Body.Span[BroadcastHead.Size..];
        if (!_call.TryRead(arrived, payload, out object? message, out BroadcastContext? context))
        {
            return new Judgement(arrived, null);
        }

        // The node's end waits for it, and reports it when it does not end.
        Volatile.Write(ref _context, context);
        node.Running.Enter(this);
        try
        {
            // Registration allows only handlers that have their verdict when they return.
            ValueTask<Verdict> verdict = _call.Invoke(arrived, message, context);
            return verdict.IsCompleted
                ? _call.End(arrived, context, verdict.Result)
                : throw new InvalidOperationException("An inline handler must have ended when it returns.");
        }
        catch (Exception exception)
        {
            return _call.Fail(arrived, context, exception, message);
        }
        finally
        {
            Volatile.Write(ref _context, null);
            node.Running.Leave(this);
        }
    }
}
