using BlockMesh.Messages;

namespace BlockMesh.Chain;

/// <summary>Cuts what one reply may carry out of a list of blocks.</summary>
internal static class BlockList
{
    /// <summary>See <see cref="IChainView.ReadBlocks"/>.</summary>
    public static List<ReadOnlyMemory<byte>> Cut(IReadOnlyList<ReadOnlyMemory<byte>> blocks, int from, int max)
    {
        var cut = new List<ReadOnlyMemory<byte>>();
        int bytes = 0;
        for (int height = from; height < blocks.Count && cut.Count < max; height++)
        {
            bytes += blocks[height].Length;
            if (cut.Count > 0 && bytes > Blocks.MostBytes)
            {
                break;
            }

            cut.Add(blocks[height]);
        }

        return cut;
    }
}
