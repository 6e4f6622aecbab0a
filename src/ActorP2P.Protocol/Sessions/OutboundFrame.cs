namespace ActorP2P.Protocol;

/// <summary>
/// The next frame to write: header, then prefix, then body. It is valid until the session is asked for another frame.
/// </summary>
/// <param name="Header">The header; its length covers prefix and body.</param>
/// <param name="Prefix">
/// The bytes that the session adds before the body, such as a total; for a session frame, its whole payload.
/// </param>
/// <param name="Body">The message's bytes, by reference.</param>
/// <param name="Owner">The buffer of the body. The writer retains it while it refers to the body.</param>
internal readonly record struct OutboundFrame(
    FrameHeader Header, ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Body, SharedBuffer? Owner);
