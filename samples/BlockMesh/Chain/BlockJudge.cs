namespace BlockMesh.Chain;

/// <summary>Says whether a block is what its header, and its header what the rules, demand.</summary>
/// <remarks>
/// It judges integrity, not spending: scripts, amounts and double spends need the set of unspent outputs, which a sample does not
/// keep. Nothing can be changed in a block without changing its verdict.
/// </remarks>
public static class BlockJudge
{
    /// <summary>Judges the block of a height whose header is known.</summary>
    public static BlockVerdict Judge(ReadOnlySpan<byte> bytes, BlockHeader expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (!Block.TryRead(bytes, out Block? block))
        {
            return BlockVerdict.Malformed;
        }

        return block.Header.Hash == expected.Hash ? JudgeContents(block) : BlockVerdict.UnknownHeader;
    }

    /// <summary>Judges a block by itself: its proof of work is that of its own bits.</summary>
    public static BlockVerdict JudgeAlone(ReadOnlySpan<byte> bytes, ChainRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);

        // The work comes first: it costs one hash, and whoever sends rubbish has not done it.
        if (bytes.Length < Block.MinSize)
        {
            return BlockVerdict.Malformed;
        }

        if (!ProofOfWork.Holds(BlockHeader.Read(bytes[..BlockHeader.Size]), rules.Bits))
        {
            return BlockVerdict.BadProofOfWork;
        }

        return Block.TryRead(bytes, out Block? block) ? JudgeContents(block) : BlockVerdict.Malformed;
    }

    private static BlockVerdict JudgeContents(Block block)
    {
        IReadOnlyList<Transaction> transactions = block.Transactions;
        var hashes = new Hash256[transactions.Count];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = transactions[i].Id;
        }

        if (MerkleTree.Root(hashes, out bool ambiguous) != block.Header.MerkleRoot)
        {
            return BlockVerdict.BadMerkleRoot;
        }

        if (ambiguous)
        {
            return BlockVerdict.RepeatedTransactions;
        }

        for (int i = 0; i < hashes.Length; i++)
        {
            if ((transactions[i].Coinbase is not null) != (i == 0))
            {
                return BlockVerdict.BadCoinbase;
            }
        }

        return WitnessesHold(transactions) ? BlockVerdict.Valid : BlockVerdict.BadWitnessCommitment;
    }

    private static bool WitnessesHold(IReadOnlyList<Transaction> transactions)
    {
        CoinbaseParts coinbase = transactions[0].Coinbase!;
        if (coinbase.Commitment is not { } commitment)
        {
            // Without a commitment nothing covers a witness, so there may be none.
            return transactions.All(transaction => !transaction.HasWitness);
        }

        if (coinbase.ReservedValue is not { } reserved)
        {
            return false;
        }

        var hashes = new Hash256[transactions.Count];
        for (int i = 1; i < hashes.Length; i++)
        {
            hashes[i] = transactions[i].WitnessId;
        }

        // The coinbase holds the commitment and cannot be covered by it: BIP 141 counts its hash as zero.
        hashes[0] = default;
        return Hash256.OfPair(MerkleTree.Root(hashes, out _), reserved) == commitment;
    }
}
