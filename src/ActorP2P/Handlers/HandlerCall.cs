namespace ActorP2P;

/// <summary>A handler of the application that has been called and has not ended.</summary>
/// <param name="Context">What the handler is given besides the message.</param>
/// <param name="Type">The message type.</param>
internal sealed record HandlerCall(MessageContext Context, ushort Type);
