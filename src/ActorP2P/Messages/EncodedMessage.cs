using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A message as bytes, in a buffer that is held once by whoever holds this.</summary>
/// <param name="Type">The message type.</param>
/// <param name="Buffer">Holds the bytes.</param>
/// <param name="Length">How many.</param>
internal readonly record struct EncodedMessage(ushort Type, SharedBuffer Buffer, int Length)
{
    public ReadOnlyMemory<byte> Body => Buffer.Array.AsMemory(0, Length);

    public OutboundMessage ToOutbound(FrameKind kind, ulong id, Lane lane) => new(kind, Type, id, lane, Body, Buffer);
}
