using BlockMesh.Chain;

namespace BlockMesh.Tests.Chain;

public sealed class BlockTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(170)]
    public void A_block_cut_off_at_any_byte_is_no_block(int height)
    {
        ReadOnlySpan<byte> whole = RealChain.Data.Blocks[height].Span;
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(Block.TryRead(whole[..length], out _), $"cut off at {length}");
        }
    }

    [Fact]
    public void A_block_with_witnesses_cut_off_at_any_byte_is_no_block()
    {
        byte[] coinbase = BlockBuilder.Coinbase([[0x51]], [new byte[32]]);
        byte[] whole = BlockBuilder.Mine([default], coinbase, BlockBuilder.Payment(1, [[1, 2]]));
        Assert.True(Block.TryRead(whole, out _));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(Block.TryRead(whole.AsSpan(0, length), out _), $"cut off at {length}");
        }
    }

    [Fact]
    public void A_byte_behind_a_block_makes_it_no_block() =>
        Assert.False(Block.TryRead([.. RealChain.Data.Blocks[0].Span, 0], out _));

    [Fact]
    public void More_bytes_than_a_block_may_have_are_no_block() =>
        Assert.False(Block.TryRead(new byte[Block.MaxSize + 1], out _));

    // The offsets in the genesis block: transactions, inputs, length of the input script, outputs, length of the output script.
    [Theory]
    [InlineData(80)]
    [InlineData(85)]
    [InlineData(122)]
    [InlineData(204)]
    [InlineData(213)]
    public void A_huge_count_or_length_is_refused_and_allocates_nothing_for_it(int offset)
    {
        byte[] genesis = RealChain.Data.Blocks[0].ToArray();
        byte[][] counts =
        [
            [0xfd, 0xff, 0xff],
            [0xfe, 0xff, 0xff, 0xff, 0x7f],
            [0xfe, 0xff, 0xff, 0xff, 0xff],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ];
        foreach (byte[] count in counts)
        {
            byte[] hostile = [.. genesis[..offset], .. count, .. genesis[(offset + 1)..]];
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool read = Block.TryRead(hostile, out _);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.False(read);
            Assert.InRange(allocated, 0, 16 * hostile.Length);
        }
    }

    [Fact]
    public void A_count_in_a_longer_form_than_needed_is_refused()
    {
        byte[] genesis = RealChain.Data.Blocks[0].ToArray();
        byte[][] forms = [[0xfd, 1, 0], [0xfe, 1, 0, 0, 0], [0xff, 1, 0, 0, 0, 0, 0, 0, 0]];
        foreach (byte[] form in forms)
        {
            Assert.False(Block.TryRead([.. genesis[..80], .. form, .. genesis[81..]], out _));
        }
    }

    [Fact]
    public void The_extended_form_without_a_witness_is_refused() =>
        Assert.False(Block.TryRead(BlockBuilder.Mine([default], BlockBuilder.Coinbase([[0x51]], [])), out _));

    [Fact]
    public void The_extended_form_with_an_unknown_flag_is_refused()
    {
        byte[] block = BlockBuilder.Mine([default], BlockBuilder.Coinbase([[0x51]], [new byte[32]]));
        Assert.True(Block.TryRead(block, out _));
        block[BlockHeader.Size + 1 + 4 + 1] = 2;
        Assert.False(Block.TryRead(block, out _));
    }

    [Fact]
    public void A_block_without_transactions_is_refused()
    {
        byte[] block = new byte[Block.MinSize];
        Assert.False(Block.TryRead(block, out _));
    }
}
