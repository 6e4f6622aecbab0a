namespace ActorP2P;

/// <summary>An asynchronous handler that has not ended yet.</summary>
internal sealed class AwaitedHandler(MessageContext context, ushort type) : RunningHandler
{
    /// <inheritdoc/>
    public override HandlerCall Call { get; } = new(context, type);
}
