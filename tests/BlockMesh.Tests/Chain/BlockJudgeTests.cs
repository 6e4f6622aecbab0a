using BlockMesh.Chain;

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
            BlockVerdict verdict = BlockJudge.Judge(BitFlip.In(block, bit), header);
            Assert.True(bit < BlockHeader.Size * 8
                ? verdict == BlockVerdict.UnknownHeader
                : verdict is BlockVerdict.BadMerkleRoot or BlockVerdict.Malformed, $"bit {bit}: {verdict}");
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

        // 41 places spread over the whole block, each time another bit of the byte.
        for (int i = 0; i < 41; i++)
        {
            long offset = BlockHeader.Size + ((block.Length - BlockHeader.Size - 1L) * i / 40);
            BlockVerdict verdict = BlockJudge.JudgeAlone(BitFlip.In(block, (int)(offset * 8) + (i % 8)), ChainRules.Mainnet);
            Assert.NotEqual(BlockVerdict.Valid, verdict);
            seen.Add(verdict);
        }

        Assert.Contains(BlockVerdict.BadMerkleRoot, seen);
        Assert.Contains(BlockVerdict.BadWitnessCommitment, seen);
    }

    [Fact]
    public void A_block_for_another_height_is_refused() =>
        Assert.Equal(
            BlockVerdict.UnknownHeader, BlockJudge.Judge(RealChain.Data.Blocks[4].Span, RealChain.Header(5)));

    [Fact]
    public void A_block_that_names_an_easy_target_is_refused()
    {
        byte[] coinbase = BlockBuilder.Coinbase([[0x51]]);
        byte[] block = BlockBuilder.Mine([Hash256.Of(coinbase)], coinbase);

        Assert.Equal(BlockVerdict.Valid, BlockJudge.JudgeAlone(block, BlockBuilder.Rules));
        Assert.Equal(BlockVerdict.BadProofOfWork, BlockJudge.JudgeAlone(block, ChainRules.Mainnet));
    }

    [Fact]
    public void A_repeated_tail_that_leaves_the_root_as_it_is_is_refused()
    {
        byte[] coinbase = BlockBuilder.Coinbase([[0x51]]);
        byte[] first = BlockBuilder.Payment(1);
        byte[] second = BlockBuilder.Payment(2);
        Hash256[] Ids() => [Hash256.Of(coinbase), Hash256.Of(first), Hash256.Of(second)];

        byte[] honest = BlockBuilder.Mine(Ids(), coinbase, first, second);
        byte[] repeated = BlockBuilder.Mine(Ids(), coinbase, first, second, second);

        Assert.Equal(BlockVerdict.Valid, BlockJudge.JudgeAlone(honest, BlockBuilder.Rules));
        Assert.Equal(honest[..BlockHeader.Size], repeated[..BlockHeader.Size]);
        Assert.Equal(BlockVerdict.RepeatedTransactions, BlockJudge.JudgeAlone(repeated, BlockBuilder.Rules));
    }

    [Fact]
    public void A_block_without_a_coinbase_or_with_two_is_refused()
    {
        byte[] coinbase = BlockBuilder.Coinbase([[0x51]]);
        byte[] other = BlockBuilder.Coinbase([[0x52]]);
        byte[] payment = BlockBuilder.Payment(1);

        byte[] none = BlockBuilder.Mine([Hash256.Of(payment)], payment);
        byte[] two = BlockBuilder.Mine([Hash256.Of(coinbase), Hash256.Of(other)], coinbase, other);

        Assert.Equal(BlockVerdict.BadCoinbase, BlockJudge.JudgeAlone(none, BlockBuilder.Rules));
        Assert.Equal(BlockVerdict.BadCoinbase, BlockJudge.JudgeAlone(two, BlockBuilder.Rules));
    }

    [Fact]
    public void Witnesses_that_the_coinbase_commits_to_are_valid() =>
        Assert.Equal(BlockVerdict.Valid, JudgeWitness([9], Reserved, root => [BlockBuilder.Commitment(root, Reserved)]));

    [Fact]
    public void The_last_of_two_commitments_counts()
    {
        Assert.Equal(BlockVerdict.Valid, JudgeWitness(
            [9], Reserved, root => [BlockBuilder.Commitment(default, Reserved), BlockBuilder.Commitment(root, Reserved)]));
        Assert.Equal(BlockVerdict.BadWitnessCommitment, JudgeWitness(
            [9], Reserved, root => [BlockBuilder.Commitment(root, Reserved), BlockBuilder.Commitment(default, Reserved)]));
    }

    [Fact]
    public void Witnesses_without_a_commitment_are_refused() =>
        Assert.Equal(BlockVerdict.BadWitnessCommitment, JudgeWitness([9], Reserved, _ => [[0x51]]));

    [Fact]
    public void A_commitment_with_another_reserved_value_is_refused() =>
        Assert.Equal(
            BlockVerdict.BadWitnessCommitment, JudgeWitness([9], Reserved, root => [BlockBuilder.Commitment(root, new byte[32])]));

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void A_reserved_value_of_another_length_is_refused(int length) =>
        Assert.Equal(
            BlockVerdict.BadWitnessCommitment,
            JudgeWitness([9], new byte[length], root => [BlockBuilder.Commitment(root, new byte[32])]));

    [Fact]
    public void A_block_with_a_commitment_and_its_witnesses_stripped_is_refused()
    {
        byte[] coinbase = BlockBuilder.Coinbase([BlockBuilder.Commitment(default, Reserved)]);
        byte[] block = BlockBuilder.Mine([Hash256.Of(coinbase)], coinbase);
        Assert.Equal(BlockVerdict.BadWitnessCommitment, BlockJudge.JudgeAlone(block, BlockBuilder.Rules));
    }

    private static BlockVerdict JudgeWitness(byte[] witness, byte[] reserved, Func<Hash256, byte[][]> outputs)
    {
        byte[] payment = BlockBuilder.Payment(1, [witness]);
        byte[][] scripts = outputs(MerkleTree.Root([default, Hash256.Of(payment)], out _));
        Hash256[] ids = [Hash256.Of(BlockBuilder.Coinbase(scripts)), Hash256.Of(BlockBuilder.Payment(1))];
        byte[] block = BlockBuilder.Mine(ids, BlockBuilder.Coinbase(scripts, [reserved]), payment);
        return BlockJudge.JudgeAlone(block, BlockBuilder.Rules);
    }
}
