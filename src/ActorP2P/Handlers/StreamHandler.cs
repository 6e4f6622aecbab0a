namespace ActorP2P;

/// <summary>What the application registered for the streams that one message type opens.</summary>
/// <param name="Decoder">Reads the request.</param>
/// <param name="Invoke">Handles the stream.</param>
internal sealed record StreamHandler(
    MessageDecoder Decoder, Func<object, PeerStream, StreamContext, ValueTask> Invoke);
