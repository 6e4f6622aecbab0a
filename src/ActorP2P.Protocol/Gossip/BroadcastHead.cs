using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <summary>What precedes a broadcast's payload: <c>id 16 bytes | salt u64 | hops u8</c>.</summary>
/// <param name="Id">The content id.</param>
/// <param name="Salt">Lets equal payloads be sent again.</param>
/// <param name="Hops">The links travelled, including this one; 1 from the node where the broadcast began.</param>
internal readonly record struct BroadcastHead(BroadcastId Id, ulong Salt, byte Hops)
{
    /// <summary>Bytes of a head.</summary>
    public const int Size = BroadcastId.Size + sizeof(ulong) + 1;

    /// <summary>
    /// The most links that a broadcast travels. The limit ends any loop that the seen-cache misses; a mesh of degree 8
    /// reaches ten thousand nodes in 5 links.
    /// </summary>
    public const int HopLimit = 32;

    /// <summary>Reads a head from the first <see cref="Size"/> bytes.</summary>
    public static BroadcastHead Read(ReadOnlySpan<byte> source) => new(
        BroadcastId.Read(source),
        BinaryPrimitives.ReadUInt64BigEndian(source[BroadcastId.Size..]),
        source[BroadcastId.Size + sizeof(ulong)]);

    /// <summary>Writes the head into the first <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        Id.Write(destination);
        BinaryPrimitives.WriteUInt64BigEndian(destination[BroadcastId.Size..], Salt);
        destination[BroadcastId.Size + sizeof(ulong)] = Hops;
    }
}
