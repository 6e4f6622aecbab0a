namespace ActorP2P;

/// <summary>What the application registered for one message type: its decoder and its handler.</summary>
/// <param name="Decoder">Reads the message.</param>
/// <param name="Invoke">Handles the message.</param>
/// <param name="Mode">Where the handler runs.</param>
/// <typeparam name="TContext">What the handler is given besides the message.</typeparam>
/// <typeparam name="TResult">The handler's result.</typeparam>
internal sealed record MessageHandler<TContext, TResult>(
    MessageDecoder Decoder, Func<object, TContext, ValueTask<TResult>> Invoke, HandlerMode Mode)
{
    /// <summary>Whether the messages are broadcasts that carry their author's signature.</summary>
    public bool IsSigned { get; init; }
}
