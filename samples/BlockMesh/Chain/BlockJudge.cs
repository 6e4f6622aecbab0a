using NBitcoin;
using NBitcoin.Crypto;

namespace BlockMesh.Chain;

/// <summary>Says whether a block is what its header, and its header what the rules, demand.</summary>
/// <remarks>
/// It judges integrity, not spending: scripts and amounts of a block are not checked. Nothing can be changed in a block
/// without changing its verdict.
/// </remarks>
public static class BlockJudge
{
    private const int HashSize = 32;

    /// <summary>Judges the block of a height whose header is known.</summary>
    /// <param name="bytes">The block.</param>
    /// <param name="expected">The header of its height.</param>
    /// <param name="rules">The chain.</param>
    /// <param name="block">The block as read; null when it is malformed.</param>
    public static BlockVerdict Judge(ReadOnlySpan<byte> bytes, BlockHeader expected, ChainRules rules, out Block? block)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(rules);
        if (!ChainFormat.TryReadBlock(bytes, rules.Network, out block))
        {
            return BlockVerdict.Malformed;
        }

        return block.GetHash() == expected.GetHash() ? JudgeContents(block) : BlockVerdict.UnknownHeader;
    }

    /// <summary>Judges a block by itself: its proof of work is that of its own bits.</summary>
    public static BlockVerdict JudgeAlone(ReadOnlySpan<byte> bytes, ChainRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);

        // The work comes first: it costs one hash, and whoever sends rubbish has not done it.
        if (bytes.Length < ChainFormat.MinBlockSize)
        {
            return BlockVerdict.Malformed;
        }

        if (!rules.HasWork(ChainFormat.ReadHeader(bytes[..BlockHeader.Size], rules.Network)))
        {
            return BlockVerdict.BadProofOfWork;
        }

        return ChainFormat.TryReadBlock(bytes, rules.Network, out Block? block)
            ? JudgeContents(block)
            : BlockVerdict.Malformed;
    }

    private static BlockVerdict JudgeContents(Block block)
    {
        List<Transaction> transactions = block.Transactions;
        transactions.ForEach(transaction => transaction.PrecomputeHash(invalidateExisting: false, lazily: true));
        if (!block.CheckMerkleRoot())
        {
            return BlockVerdict.BadMerkleRoot;
        }

        // A level of odd length pairs its last hash with itself, so a repeated tail leaves the root as it is.
        if (transactions.DistinctBy(transaction => transaction.GetHash()).Count() < transactions.Count)
        {
            return BlockVerdict.RepeatedTransactions;
        }

        if (!transactions[0].IsCoinBase || transactions.Skip(1).Any(transaction => transaction.IsCoinBase))
        {
            return BlockVerdict.BadCoinbase;
        }

        return WitnessesHold(block) ? BlockVerdict.Valid : BlockVerdict.BadWitnessCommitment;
    }

    /// <summary>
    /// BIP 141: the coinbase commits to the witnesses of all transactions, in the last output that is a commitment.
    /// </summary>
    private static bool WitnessesHold(Block block)
    {
        Transaction coinbase = block.Transactions[0];
        if (coinbase.Outputs.Select(output => output.ScriptPubKey.ToBytes()).LastOrDefault(IsCommitment) is not { } commitment)
        {
            // Without a commitment nothing covers a witness, so there may be none.
            return !block.Transactions.Exists(transaction => transaction.HasWitness);
        }

        WitScript witness = coinbase.Inputs[0].WitScript;
        if (witness.PushCount != 1 || witness[0].Length != HashSize)
        {
            return false;
        }

        // The coinbase holds the commitment and cannot be covered by it: BIP 141 counts its hash as zero.
        uint256 root = MerkleNode.GetRoot(
            block.Transactions.Select((transaction, i) => i == 0 ? uint256.Zero : transaction.GetWitHash())).Hash;
        byte[] covered = [.. root.ToBytes(), .. witness[0]];
        return Hashes.DoubleSHA256(covered).ToBytes().AsSpan().SequenceEqual(
            commitment.AsSpan(CommitmentMark.Length, HashSize));
    }

    // OP_RETURN, a push of 36 bytes, and four bytes that the BIP chose.
    private static ReadOnlySpan<byte> CommitmentMark => [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed];

    private static bool IsCommitment(byte[] script) =>
        script.Length >= CommitmentMark.Length + HashSize && script.AsSpan().StartsWith(CommitmentMark);
}
