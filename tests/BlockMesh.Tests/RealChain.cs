using BlockMesh.Chain;
using NBitcoin;

namespace BlockMesh.Tests;

/// <summary>The data of the sample, which is read once.</summary>
internal static class RealChain
{
    public static SourceData Data { get; } = SourceData.Load(SourceData.DefaultDirectory);

    public static BlockHeader Header(int height) =>
        ChainFormat.ReadHeader(HeaderBytes(height).Span, Network.Main);

    public static ReadOnlyMemory<byte> HeaderBytes(int height) =>
        Data.Headers.Slice(height * BlockHeader.Size, BlockHeader.Size);

    public static ReadOnlyMemory<byte> FirstHeaders(int count) => Data.Headers[..(count * BlockHeader.Size)];
}
