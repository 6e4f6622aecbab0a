using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>One message and the handler to call with it.</summary>
internal abstract class Invocation(FrameHeader header, object message, InboundCharge charge, HandlerMode mode)
    : RunningHandler
{
    private HandlerSlots? _slots;

    // The queue's lock guards these.
    private int _waits;
    private bool _isOver;

    /// <summary>The message type, by this node's numbers.</summary>
    public required ushort Type { get; init; }

    /// <summary>Where it is called.</summary>
    public required HandlerQueue Queue { get; init; }

    /// <summary>When nobody wants the message any more.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>The headers of a request, for its span; null when nobody listens.</summary>
    public byte[]? Trace { get; init; }

    /// <summary>The span of the handler's call; null when nobody listens, or wants this one.</summary>
    public Activity? Span { get; set; }

    /// <summary>Where the handler runs.</summary>
    public HandlerMode Mode { get; } = mode;

    public FrameHeader Header { get; } = header;

    public object Message { get; } = message;

    public InboundCharge Charge { get; } = charge;

    public abstract MessageContext Context { get; }

    /// <inheritdoc/>
    public override HandlerCall Call => new(Context, Type);

    /// <summary>What the handler has come to; set before the connection is told that it has ended.</summary>
    public HandlerResult Result { get; set; }

    /// <summary>Whether it is not to be called any more; the queue's lock guards it.</summary>
    public bool IsSkipped { get; set; }

    /// <summary>Whether it is this message that a handler answers, and not one that tells.</summary>
    public bool IsRequest => Header.Kind == FrameKind.Request;

    /// <summary>Gives it one slot of the node's.</summary>
    public void HoldSlot(HandlerSlots slots) => _slots = slots;

    /// <summary>Gives back the slot, if it has one. Once, whoever calls it, and from any thread.</summary>
    public void ReleaseSlot() => Interlocked.Exchange(ref _slots, null)?.Release();

    /// <summary>The handler has begun to wait for a message of its own.</summary>
    /// <returns>Whether it has run until now.</returns>
    public bool BeginWait() => !_isOver && _waits++ == 0;

    /// <summary>What the handler waited for has ended.</summary>
    /// <returns>Whether the handler runs again.</returns>
    public bool EndWait() => !_isOver && --_waits == 0;

    /// <summary>The handler is through; what it has not waited for may go on.</summary>
    /// <returns>Whether it ran until now.</returns>
    public bool End()
    {
        _isOver = true;
        return _waits == 0;
    }

    /// <summary>What an ask of the handler's own gives; while it is under way the handler counts as waiting.</summary>
    public async Task<T> WaitFor<T>(Task<T> ask)
    {
        Queue.BeginWait(this);
        try
        {
            return await ask;
        }
        finally
        {
            Queue.EndWait(this);
        }
    }

    /// <summary>Waits for room for a message of the handler's own; meanwhile the handler counts as waiting.</summary>
    public async Task WaitFor(Task tell)
    {
        Queue.BeginWait(this);
        try
        {
            await tell;
        }
        finally
        {
            Queue.EndWait(this);
        }
    }

    /// <summary>Calls the handler.</summary>
    /// <returns>The reply, or null for a message that has none.</returns>
    public abstract ValueTask<IMessage?> Invoke();

    /// <summary>A request and its handler.</summary>
    public sealed class OfRequest(
        FrameHeader header, object message, InboundCharge charge, RequestContext context,
        MessageHandler<RequestContext, IMessage> handler) : Invocation(header, message, charge, handler.Mode)
    {
        public override MessageContext Context => context;

        public override ValueTask<IMessage?> Invoke() => handler.Invoke(Message, context)!;
    }

    /// <summary>A notify and its handler.</summary>
    public sealed class OfNotify(
        FrameHeader header, object message, InboundCharge charge, NotifyContext context,
        MessageHandler<NotifyContext, bool> handler) : Invocation(header, message, charge, handler.Mode)
    {
        public override MessageContext Context => context;

        public override ValueTask<IMessage?> Invoke()
        {
            ValueTask<bool> taken = handler.Invoke(Message, context);
            return taken.IsCompletedSuccessfully ? ValueTask.FromResult<IMessage?>(null) : Await(taken);
        }

        private static async ValueTask<IMessage?> Await(ValueTask<bool> taken)
        {
            await taken;
            return null;
        }
    }
}
