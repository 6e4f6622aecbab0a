namespace ActorP2P.Protocol;

/// <summary>One frame as it lies in a receive buffer.</summary>
/// <param name="Header">The decoded header.</param>
/// <param name="Payload">The payload in place: valid until the buffer it lies in is released.</param>
internal readonly record struct Frame(FrameHeader Header, ReadOnlyMemory<byte> Payload);
