using BlockMesh.Messages;

namespace BlockMesh.Chain;

/// <summary>
/// A chain that a node serves: the chain that it has verified, or the unverified data of a source. Safe for concurrent
/// use.
/// </summary>
public interface IChainView
{
    /// <summary>The number of headers.</summary>
    int HeaderCount { get; }

    /// <summary>The number of blocks.</summary>
    int BlockCount { get; }

    /// <summary>
    /// The headers from a height on, concatenated, at most <paramref name="max"/>; empty when there are none.
    /// </summary>
    ReadOnlyMemory<byte> ReadHeaders(int from, int max);

    /// <summary>
    /// The blocks from a height on, at most <paramref name="max"/> of them and at most <see cref="Blocks.MostBytes"/>
    /// bytes, but at least one if there is one.
    /// </summary>
    IReadOnlyList<ReadOnlyMemory<byte>> ReadBlocks(int from, int max);
}
