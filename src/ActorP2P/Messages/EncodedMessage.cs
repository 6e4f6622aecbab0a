using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A message as bytes. Its owner has one hold on the buffer and releases it once. Other messages may lie in the same buffer, each
/// with a hold of its own.
/// </summary>
/// <param name="Type">The message type.</param>
/// <param name="Buffer">Holds the bytes.</param>
/// <param name="Offset">Where they begin.</param>
/// <param name="Length">How many.</param>
internal readonly record struct EncodedMessage(ushort Type, SharedBuffer Buffer, int Offset, int Length)
{
    public ReadOnlyMemory<byte> Body => Buffer.Array.AsMemory(Offset, Length);

    /// <summary>The bytes, for whoever is the only one that knows of them yet.</summary>
    public Span<byte> Writable => Buffer.Array.AsSpan(Offset, Length);
}
