namespace ActorP2P.Protocol;

/// <summary>What happened to a stream, for the shell. It is a value, so that arriving bytes allocate nothing.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Data">
/// The bytes that arrived. They lie in the receive buffer and are valid until the next frame.
/// </param>
/// <param name="Code">The code of a reset.</param>
/// <param name="Text">The text of a reset, for people.</param>
internal readonly record struct StreamEvent(
    StreamEventKind Kind, StreamState Stream, ReadOnlyMemory<byte> Data, RequestErrorCode Code = 0, string Text = "");
