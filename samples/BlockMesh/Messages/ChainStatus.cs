using System.Buffers.Binary;

namespace BlockMesh.Messages;

/// <summary>
/// What a node has. Every reply contains it, so that the asking node knows how far it can go and when it is complete.
/// On the wire: headers u32, blocks u32, settled u8 (0 or 1), big-endian.
/// </summary>
/// <param name="Headers">The number of headers, from genesis on.</param>
/// <param name="Blocks">The number of blocks, from genesis on; at most the number of headers.</param>
/// <param name="Settled">Whether the node believes that its chain is complete; false while it still syncs.</param>
public readonly record struct ChainStatus(int Headers, int Blocks, bool Settled)
{
    /// <summary>The size on the wire in bytes.</summary>
    public const int Size = 9;

    /// <summary>
    /// Whether a chain with this status has nothing that a chain with <paramref name="other"/> lacks.
    /// </summary>
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
