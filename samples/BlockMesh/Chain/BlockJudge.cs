using NBitcoin;
using NBitcoin.Crypto;

namespace BlockMesh.Chain;

/// <summary>Checks whether a block agrees with its header, and whether the header follows the rules.</summary>
/// <remarks>
/// It checks integrity, not spending: scripts and amounts of a block are not checked. Any change to a valid block
/// changes the verdict.
/// </remarks>
public static class BlockJudge
{
    private const int HashSize = 32;

    /// <summary>Judges the block at a height whose header is known.</summary>
    /// <param name="bytes">The block.</param>
    /// <param name="expected">The header at that height.</param>
    /// <param name="rules">The chain.</param>
    /// <param name="block">The decoded block; null when it is malformed.</param>
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

    /// <summary>
    /// Judges a block without a known header: its proof of work must meet the target in its own header.
    /// </summary>
    public static BlockVerdict JudgeAlone(ReadOnlySpan<byte> bytes, ChainRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);

        // Proof of work is checked first. The check costs one hash, and a sender of invalid data has not done the work.
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

        // A Merkle level with an odd number of hashes pairs its last hash with itself, so repeated transactions at the
        // end leave the root unchanged.
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
    /// BIP 141: the coinbase commits to the witnesses of all transactions, in its last output that has the form of a
    /// commitment.
    /// </summary>
    private static bool WitnessesHold(Block block)
    {
        Transaction coinbase = block.Transactions[0];
        if (coinbase.Outputs.Select(output => output.ScriptPubKey.ToBytes())
            .LastOrDefault(IsCommitment) is not { } commitment)
        {
            // Without a commitment no hash covers a witness, so the block must not have any.
            return !block.Transactions.Exists(transaction => transaction.HasWitness);
        }

        WitScript witness = coinbase.Inputs[0].WitScript;
        if (witness.PushCount != 1 || witness[0].Length != HashSize)
        {
            return false;
        }

        // The coinbase contains the commitment, so the commitment cannot cover it: BIP 141 counts its hash as zero.
        uint256 root = MerkleNode.GetRoot(
            block.Transactions.Select((transaction, i) => i == 0 ? uint256.Zero : transaction.GetWitHash())).Hash;
        byte[] covered = [.. root.ToBytes(), .. witness[0]];
        return Hashes.DoubleSHA256(covered).ToBytes().AsSpan().SequenceEqual(
            commitment.AsSpan(CommitmentMark.Length, HashSize));
    }

    // OP_RETURN, a push of 36 bytes, and the four bytes that BIP 141 defines.
    private static ReadOnlySpan<byte> CommitmentMark => [0x6a, 0x24, 0xaa, 0x21, 0xa9, 0xed];

    private static bool IsCommitment(byte[] script) =>
        script.Length >= CommitmentMark.Length + HashSize && script.AsSpan().StartsWith(CommitmentMark);
}
