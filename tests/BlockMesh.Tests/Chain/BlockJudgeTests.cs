using BlockMesh.Chain;
using NBitcoin;

namespace BlockMesh.Tests.Chain;

public sealed class BlockJudgeTests
{
    private static readonly byte[] Reserved = [.. Enumerable.Repeat((byte)7, 32)];

    [Fact]
    public void Every_flipped_bit_of_a_small_block_is_refused()
    {
        ReadOnlyMemory<byte> block = RealChain.Data.Blocks[170];
        BlockHeader header = RealChain.Header(170);
        for (int bit = 0; bit < block.Length * 8; bit++)
        {
            BlockVerdict verdict = BlockJudge.Judge(BitFlip.In(block, bit), header, ChainRules.Mainnet, out _);
            Assert.True(
                verdict == BlockVerdict.Malformed || verdict == (bit < BlockHeader.Size * 8
                    ? BlockVerdict.UnknownHeader
                    : BlockVerdict.BadMerkleRoot),
                $"bit {bit}: {verdict}");
        }
    }

    [Fact]
    public void Every_flipped_bit_of_the_large_blocks_header_loses_its_work()
    {
        byte[] block = RealChain.Data.LargeBlock.ToArray();
        for (int bit = 0; bit < BlockHeader.Size * 8; bit++)
        {
            BitFlip.Toggle(block, bit);
            Assert.Equal(BlockVerdict.BadProofOfWork, BlockJudge.JudgeAlone(block, ChainRules.Mainnet));
            BitFlip.Toggle(block, bit);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_the_large_block_is_refused()
    {
        ReadOnlyMemory<byte> block = RealChain.Data.LargeBlock;
        var seen = new HashSet<BlockVerdict>();

        // These are 41 positions over the whole block, each with another bit of the byte.
        for (int i = 0; i < 41; i++)
        {
            long offset = BlockHeader.Size + ((block.Length - BlockHeader.Size - 1L) * i / 40);
            BlockVerdict verdict = BlockJudge.JudgeAlone(
                BitFlip.In(block, (int)(offset * 8) + (i % 8)), ChainRules.Mainnet);
            Assert.NotEqual(BlockVerdict.Valid, verdict);
            seen.Add(verdict);
        }

        Assert.Contains(BlockVerdict.BadMerkleRoot, seen);
        Assert.Contains(BlockVerdict.BadWitnessCommitment, seen);
    }

    [Fact]
    public void A_block_for_another_height_is_refused() =>
        Assert.Equal(
            BlockVerdict.UnknownHeader,
            BlockJudge.Judge(RealChain.Data.Blocks[4].Span, RealChain.Header(5), ChainRules.Mainnet, out _));

    [Fact]
    public void A_block_that_names_an_easy_target_is_refused()
    {
        byte[] block = BlockBuilder.Mine(BlockBuilder.Coinbase([[0x51]])).ToBytes();

        Assert.Equal(BlockVerdict.Valid, BlockJudge.JudgeAlone(block, BlockBuilder.Rules));
        Assert.Equal(BlockVerdict.BadProofOfWork, BlockJudge.JudgeAlone(block, ChainRules.Mainnet));
    }

    [Fact]
    public void Repeated_transactions_with_the_same_root_are_refused()
    {
        Block block = BlockBuilder.Mine(
            BlockBuilder.Coinbase([[0x51]]), BlockBuilder.Payment(1), BlockBuilder.Payment(2));
        Assert.Equal(BlockVerdict.Valid, JudgeEasy(block));

        block.Transactions.Add(block.Transactions[2]);
        Assert.True(block.CheckMerkleRoot());
        Assert.Equal(BlockVerdict.RepeatedTransactions, JudgeEasy(block));
    }

    [Fact]
    public void A_block_without_a_coinbase_or_with_two_is_refused()
    {
        Block none = BlockBuilder.Mine(BlockBuilder.Payment(1));
        Block two = BlockBuilder.Mine(BlockBuilder.Coinbase([[0x51]]), BlockBuilder.Coinbase([[0x52]]));

        Assert.Equal(BlockVerdict.BadCoinbase, JudgeEasy(none));
        Assert.Equal(BlockVerdict.BadCoinbase, JudgeEasy(two));
    }

    [Fact]
    public void Witnesses_that_the_coinbase_commits_to_are_valid() =>
        Assert.Equal(
            BlockVerdict.Valid, JudgeWitness([9], Reserved, root => [BlockBuilder.Commitment(root, Reserved)]));

    [Fact]
    public void The_last_of_two_commitments_counts()
    {
        byte[] other = BlockBuilder.Commitment(uint256.Zero, Reserved);
        Assert.Equal(
            BlockVerdict.Valid, JudgeWitness([9], Reserved, root => [other, BlockBuilder.Commitment(root, Reserved)]));
        Assert.Equal(
            BlockVerdict.BadWitnessCommitment,
            JudgeWitness([9], Reserved, root => [BlockBuilder.Commitment(root, Reserved), other]));
    }

    [Fact]
    public void Witnesses_without_a_commitment_are_refused() =>
        Assert.Equal(BlockVerdict.BadWitnessCommitment, JudgeWitness([9], Reserved, _ => [[0x51]]));

    [Fact]
    public void A_commitment_with_another_reserved_value_is_refused() =>
        Assert.Equal(
            BlockVerdict.BadWitnessCommitment,
            JudgeWitness([9], Reserved, root => [BlockBuilder.Commitment(root, new byte[32])]));

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void A_reserved_value_of_another_length_is_refused(int length) =>
        Assert.Equal(
            BlockVerdict.BadWitnessCommitment,
            JudgeWitness([9], new byte[length], root => [BlockBuilder.Commitment(root, new byte[32])]));

    [Fact]
    public void A_block_whose_committed_witnesses_are_stripped_is_refused() =>
        Assert.Equal(
            BlockVerdict.BadWitnessCommitment,
            JudgeEasy(BlockBuilder.Mine(BlockBuilder.Coinbase([BlockBuilder.Commitment(uint256.Zero, Reserved)]))));

    private static BlockVerdict JudgeEasy(Block block) => BlockJudge.JudgeAlone(block.ToBytes(), BlockBuilder.Rules);

    private static BlockVerdict JudgeWitness(byte[] witness, byte[] reserved, Func<uint256, byte[][]> outputs)
    {
        Transaction payment = BlockBuilder.Payment(1, [witness]);
        uint256 root = MerkleNode.GetRoot([uint256.Zero, payment.GetWitHash()]).Hash;
        return JudgeEasy(BlockBuilder.Mine(BlockBuilder.Coinbase(outputs(root), [reserved]), payment));
    }
}
