using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// An encoded message. Its owner has one hold on the buffer and releases it once. Other messages may lie in the same
/// buffer, each with a hold of its own.
/// </summary>
/// <param name="Type">The message type.</param>
/// <param name="Buffer">The buffer that contains the bytes.</param>
/// <param name="Offset">The index of the first byte.</param>
/// <param name="Length">The number of bytes.</param>
internal readonly record struct EncodedMessage(ushort Type, SharedBuffer Buffer, int Offset, int Length)
{
    public ReadOnlyMemory<byte> Body => Buffer.Array.AsMemory(Offset, Length);

    /// <summary>The bytes, writable. Use it only while no other code has the message.</summary>
    public Span<byte> Writable => Buffer.Array.AsSpan(Offset, Length);
}
