using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>Serves the data of a source without checks. Immutable.</summary>
public sealed class SourceChain(SourceData data) : IChainView
{
    /// <inheritdoc/>
    public int HeaderCount => data.Headers.Length / BlockHeader.Size;

    /// <inheritdoc/>
    public int BlockCount => data.Blocks.Count;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ReadHeaders(int from, int max)
    {
        int first = Math.Min(from, HeaderCount);
        int count = Math.Min(max, HeaderCount - first);
        return data.Headers.Slice(first * BlockHeader.Size, count * BlockHeader.Size);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadBlocks(int from, int max) =>
        BlockList.Cut(data.Blocks.Skip(from).Take(max));
}
