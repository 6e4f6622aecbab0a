namespace ActorP2P;

/// <summary>What the application registered for one message type: how it is read, and what is done with it.</summary>
/// <param name="Decoder">Reads the message.</param>
/// <param name="Invoke">Handles it.</param>
/// <param name="Mode">Where it runs.</param>
/// <typeparam name="TContext">What the handler is told beside the message.</typeparam>
/// <typeparam name="TResult">What it gives back.</typeparam>
internal sealed record MessageHandler<TContext, TResult>(
    MessageDecoder Decoder, Func<object, TContext, ValueTask<TResult>> Invoke, HandlerMode Mode);
