using System.Buffers.Binary;

namespace BlockMesh.Messages;

/// <summary>
/// What a node holds, told with every reply, so that the asking side knows how far it can go and when it has arrived.
/// On the wire: headers u32, blocks u32, settled u8 (0 or 1), big-endian.
/// </summary>
/// <param name="Headers">How many headers it holds, from genesis on.</param>
/// <param name="Blocks">How many blocks it holds, from genesis on; at most as many as headers.</param>
/// <param name="Settled">
/// Whether this is all there is, as far as it knows; false while it is itself catching up.
/// </param>
public readonly record struct ChainStatus(int Headers, int Blocks, bool Settled)
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Size = 9;

    /// <summary>Whether a chain with this status holds nothing that one with <paramref name="other"/> lacks.</summary>
    public bool IsWithin(ChainStatus other) => Headers <= other.Headers && Blocks <= other.Blocks;

    internal void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteInt32BigEndian(destination, Headers);
        BinaryPrimitives.WriteInt32BigEndian(destination[4..], Blocks);
        destination[8] = Settled ? (byte)1 : (byte)0;
    }

    internal static bool TryRead(ReadOnlySpan<byte> source, out ChainStatus status)
    {
        int headers = BinaryPrimitives.ReadInt32BigEndian(source);
        int blocks = BinaryPrimitives.ReadInt32BigEndian(source[4..]);
        status = new ChainStatus(headers, blocks, source[8] == 1);
        return headers >= 0 && blocks >= 0 && blocks <= headers && source[8] <= 1;
    }
}
