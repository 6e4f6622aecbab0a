using BlockMesh.Messages;

namespace BlockMesh.Chain;

/// <summary>Selects the blocks that fit in one reply.</summary>
internal static class BlockList
{
    /// <summary>
    /// Takes as many blocks as fit in <see cref="Blocks.MostBytes"/>, but at least one if there is one.
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
