using System.Diagnostics;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>One message and the handler to call with it.</summary>
internal abstract class Invocation(FrameHeader header, object message, InboundCharge charge, HandlerMode mode)
    : RunningHandler
{
    private HandlerSlots? _slots;

    // The queue's lock guards these fields.
    private int _waits;
    private bool _isOver;

    /// <summary>The message type, in this node's numbers.</summary>
    public required ushort Type { get; init; }

    /// <summary>The queue that calls the handler.</summary>
    public required HandlerQueue Queue { get; init; }

    /// <summary>When the message expires; null for never.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>The headers of the message, for its span; null when nobody listens.</summary>
    public byte[]? Trace { get; init; }

    /// <summary>The span of the handler's call; null when nobody listens or the listener does not sample it.</summary>
    public Activity? Span { get; set; }

    /// <summary>Where the handler runs.</summary>
    public HandlerMode Mode { get; } = mode;

    public FrameHeader Header { get; } = header;

    public object Message { get; } = message;

    public InboundCharge Charge { get; } = charge;

    public abstract MessageContext Context { get; }

    /// <inheritdoc/>
    public override HandlerCall Call => new(Context, Type);

    /// <summary>The handler's outcome; set before the connection is notified of its end.</summary>
    public HandlerResult Result { get; set; }

    /// <summary>Whether the handler is no longer to be called. The queue's lock guards it.</summary>
    public bool IsSkipped { get; set; }

    /// <summary>Whether the message is a request, which needs an answer.</summary>
    public bool IsRequest => Header.Kind == FrameKind.Request;

    /// <summary>Stores a slot of the node for this handler.</summary>
    public void HoldSlot(HandlerSlots slots) => _slots = slots;

    /// <summary>Returns the slot, if there is one. Any thread may call it; only the first call has an effect.</summary>
    public void ReleaseSlot() => Interlocked.Exchange(ref _slots, null)?.Release();

    /// <summary>The handler begins to wait for a request or a message of its own.</summary>
    /// <returns>Whether it was running until now.</returns>
    public bool BeginWait() => !_isOver && _waits++ == 0;

    /// <summary>The handler's request or message has ended.</summary>
    /// <returns>Whether the handler runs again.</returns>
    public bool EndWait() => !_isOver && --_waits == 0;

    /// <summary>The handler has ended. Its own requests that it did not wait for may still be open.</summary>
    /// <returns>Whether it was running until now.</returns>
    public bool End()
    {
        _isOver = true;
        return _waits == 0;
    }

    /// <summary>Awaits an ask of the handler's own. Meanwhile the handler counts as waiting.</summary>
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

    /// <summary>Awaits room for a message of the handler's own. Meanwhile the handler counts as waiting.</summary>
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
