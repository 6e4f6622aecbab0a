using BlockMesh.Messages;

namespace BlockMesh.Chain;

/// <summary>
/// A chain to serve from: what a node has verified, or a source's data as they lie. Safe for concurrent use.
/// </summary>
public interface IChainView
{
    /// <summary>How many headers there are.</summary>
    int HeaderCount { get; }

    /// <summary>How many blocks there are.</summary>
    int BlockCount { get; }

    /// <summary>
    /// The headers from a height on, one after the other, at most <paramref name="max"/>; empty when there are none.
    /// </summary>
    ReadOnlyMemory<byte> ReadHeaders(int from, int max);

    /// <summary>
    /// The blocks from a height on, at most <paramref name="max"/> and <see cref="Blocks.MostBytes"/> bytes, but at
    /// least one if there is one.
    /// </summary>
    IReadOnlyList<ReadOnlyMemory<byte>> ReadBlocks(int from, int max);
}
