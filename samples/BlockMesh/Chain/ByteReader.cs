using System.Buffers.Binary;

namespace BlockMesh.Chain;

/// <summary>
/// Reads hostile bytes forward. Nothing read here is believed beyond the bytes that are present, so no count can make a caller
/// allocate or loop for what was never sent.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    // The first byte of a CompactSize when it is a marker for a wider number.
    private const byte TwoBytesFollow = 0xfd;
    private const byte FourBytesFollow = 0xfe;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public readonly byte Peek() => Remaining > 0 ? _bytes[Position] : byte.MaxValue;

    public bool TryTake(ulong count, out ReadOnlySpan<byte> taken)
    {
        if (count > (ulong)Remaining)
        {
            taken = default;
            return false;
        }

        taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return true;
    }

    public bool TrySkip(int count) => TryTake((ulong)count, out _);

    /// <summary>Reads a CompactSize, which has one valid form for each number: the shortest.</summary>
    public bool TryReadCompactSize(out ulong value)
    {
        value = 0;
        if (!TryTake(1, out ReadOnlySpan<byte> first))
        {
            return false;
        }

        if (first[0] < TwoBytesFollow)
        {
            value = first[0];
            return true;
        }

        int width = first[0] == TwoBytesFollow ? 2 : first[0] == FourBytesFollow ? 4 : 8;
        if (!TryTake((ulong)width, out ReadOnlySpan<byte> number))
        {
            return false;
        }

        (value, ulong least) = width switch
        {
            2 => (BinaryPrimitives.ReadUInt16LittleEndian(number), (ulong)TwoBytesFollow),
            4 => (BinaryPrimitives.ReadUInt32LittleEndian(number), ushort.MaxValue + 1UL),
            _ => (BinaryPrimitives.ReadUInt64LittleEndian(number), uint.MaxValue + 1UL),
        };
        return value >= least;
    }

    /// <summary>Reads how many items follow; false when the bytes that remain cannot hold as many.</summary>
    /// <param name="leastBytesEach">The size of the smallest possible item, at least 1.</param>
    /// <param name="count">The number of items.</param>
    public bool TryReadCount(int leastBytesEach, out int count)
    {
        count = 0;
        if (!TryReadCompactSize(out ulong claimed) || claimed > (ulong)(Remaining / leastBytesEach))
        {
            return false;
        }

        count = (int)claimed;
        return true;
    }

    /// <summary>Reads a run of bytes that its length precedes.</summary>
    public bool TryReadRun(out ReadOnlySpan<byte> run)
    {
        run = default;
        return TryReadCompactSize(out ulong length) && TryTake(length, out run);
    }
}
