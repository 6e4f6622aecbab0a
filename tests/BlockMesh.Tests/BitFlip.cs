using BlockMesh.Chain;
using NBitcoin;

namespace BlockMesh.Tests;

/// <summary>Data with one bit changed.</summary>
internal static class BitFlip
{
    public static byte[] In(ReadOnlyMemory<byte> bytes, int bit)
    {
        byte[] copy = bytes.ToArray();
        Toggle(copy, bit);
        return copy;
    }

    public static void Toggle(Span<byte> bytes, int bit) => bytes[bit / 8] ^= (byte)(1 << (bit % 8));

    public static SourceData InHeader(SourceData data, int height, int bit) =>
        data with { Headers = In(data.Headers, (height * BlockHeader.Size * 8) + bit) };

    public static SourceData InBlock(SourceData data, int height, int bit)
    {
        ReadOnlyMemory<byte>[] blocks = [.. data.Blocks];
        blocks[height] = In(blocks[height], bit);
        return data with { Blocks = blocks };
    }

    public static SourceData InLargeBlock(SourceData data, int bit) =>
        data with { LargeBlock = In(data.LargeBlock, bit) };

    public static SourceData InTransaction(SourceData data, int bit) =>
        data with { Transaction = In(data.Transaction, bit) };
}
