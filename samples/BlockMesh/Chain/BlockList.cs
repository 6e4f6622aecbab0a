using BlockMesh.Messages;

namespace BlockMesh.Chain;

/// <summary>Cuts what one reply may carry out of a run of blocks.</summary>
internal static class BlockList
{
    /// <summary>
    /// Takes as many blocks as <see cref="Blocks.MostBytes"/> has room for, but at least one if there is one.
    /// </summary>
    public static List<ReadOnlyMemory<byte>> Cut(IEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        var cut = new List<ReadOnlyMemory<byte>>();
        int bytes = 0;
        foreach (ReadOnlyMemory<byte> block in blocks)
        {
            bytes += block.Length;
            if (cut.Count > 0 && bytes > Blocks.MostBytes)
            {
                break;
            }

            cut.Add(block);
        }

        return cut;
    }
}
