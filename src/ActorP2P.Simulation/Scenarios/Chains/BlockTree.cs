namespace ActorP2P.Simulation;

/// <summary>
/// The blocks that a node has, all connected with the beginning. The tip is the highest block; of several, the one with
/// the smallest hash, so that all nodes with the same blocks have the same tip.
/// </summary>
internal sealed class BlockTree
{
    private readonly Dictionary<ulong, ChainBlock> _blocks = [];

    /// <summary>The tip; null while there is no block.</summary>
    public ChainBlock? Tip { get; private set; }

    /// <summary>Whether the block is known; 0, the beginning, always is.</summary>
    public bool Has(ulong hash) => hash == 0 || _blocks.ContainsKey(hash);

    /// <summary>Adds a block whose parent is known.</summary>
    /// <returns>Whether the tip has moved to a block that is not a child of the last tip.</returns>
    public bool Add(ChainBlock block)
    {
        if (block.Height != HeightOf(block.Parent) + 1 || !_blocks.TryAdd(block.Hash, block))
        {
            return false;
        }

        ChainBlock? last = Tip;
        bool isBetter = last is null || block.Height > last.Height
            || (block.Height == last.Height && block.Hash < last.Hash);
        Tip = isBetter ? block : last;
        return isBetter && last is not null && block.Parent != last.Hash;
    }

    /// <summary>A block and those before it, the newest first.</summary>
    public IReadOnlyList<ChainBlock> From(ulong hash, int most)
    {
        List<ChainBlock> found = [];
        ulong next = hash == 0 ? Tip?.Hash ?? 0 : hash;
        while (found.Count < most && _blocks.TryGetValue(next, out ChainBlock? block))
        {
            found.Add(block);
            next = block.Parent;
        }

        return found;
    }

    private int HeightOf(ulong hash) => hash == 0 ? 0 : _blocks.TryGetValue(hash, out ChainBlock? block)
        ? block.Height
        : int.MinValue;
}
