namespace ActorP2P.Protocol;

/// <summary>The next frame to write: header, then prefix, then body. Valid until the session is asked for another.</summary>
/// <param name="Header">The header; its length covers prefix and body.</param>
/// <param name="Prefix">What the session adds before the body, such as a total; or a whole session frame's payload.</param>
/// <param name="Body">The message's bytes, by reference.</param>
/// <param name="Owner">Holds the body; the writer retains it while it refers to it.</param>
internal readonly record struct OutboundFrame(
    FrameHeader Header, ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Body, SharedBuffer? Owner);
