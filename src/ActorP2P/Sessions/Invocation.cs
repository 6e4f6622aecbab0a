using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>One message and the handler to call with it.</summary>
internal abstract class Invocation(FrameHeader header, object message, InboundCharge charge, HandlerMode mode) : IUndeliverable
{
    private HandlerSlots? _slots;

    /// <summary>Where the handler runs.</summary>
    public HandlerMode Mode { get; } = mode;

    /// <summary>When nobody wants the message any more.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>The slots of which it has taken one.</summary>
    public HandlerSlots? Slots
    {
        set => _slots = value;
    }

    public FrameHeader Header { get; } = header;

    public object Message { get; } = message;

    public InboundCharge Charge { get; } = charge;

    public abstract MessageContext Context { get; }

    /// <summary>Gives back the slot, if it has one. Once, whoever calls it, and from any thread.</summary>
    public void ReleaseSlot() => Interlocked.Exchange(ref _slots, null)?.Release();

    /// <inheritdoc/>
    public void OnUndelivered() => ReleaseSlot();

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
