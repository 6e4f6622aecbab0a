using BlockMesh.Chain;
using NBitcoin;

namespace BlockMesh.Tests.Chain;

public sealed class ChainFormatTests
{
    // NBitcoin reads a sequence of known length in steps of this size; the rest is for the exception.
    private const int MostAllocated = 2 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(170)]
    public void A_truncated_block_is_refused(int height)
    {
        byte[] whole = RealChain.Data.Blocks[height].ToArray();
        Assert.True(TryRead(whole));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(TryRead(whole[..length]), $"cut off at {length}");
        }
    }

    [Fact]
    public void A_truncated_block_with_witnesses_is_refused()
    {
        byte[] whole = BlockBuilder.Mine(
            BlockBuilder.Coinbase([[0x51]], [new byte[32]]), BlockBuilder.Payment(1, [[1, 2]])).ToBytes();
        Assert.True(TryRead(whole));
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(TryRead(whole[..length]), $"cut off at {length}");
        }
    }

    [Fact]
    public void A_block_with_a_byte_after_its_end_is_refused() =>
        Assert.False(TryRead([.. RealChain.Data.Blocks[0].Span, 0]));

    [Fact]
    public void A_block_that_is_too_long_is_refused() =>
        Assert.False(TryRead(new byte[ChainFormat.MaxBlockSize + 1]));

    [Fact]
    public void A_block_without_transactions_is_refused() => Assert.False(TryRead(new byte[ChainFormat.MinBlockSize]));

    // These are offsets in the genesis block: transactions, inputs, length of the input script, outputs, length of the
    // output script.
    [Theory]
    [InlineData(80)]
    [InlineData(85)]
    [InlineData(122)]
    [InlineData(204)]
    [InlineData(213)]
    public void A_huge_count_or_length_is_refused_and_takes_little_memory(int offset)
    {
        byte[] genesis = RealChain.Data.Blocks[0].ToArray();
        byte[][] counts =
        [
            [0xfd, 0xff, 0xff],
            [0xfe, 0xff, 0xff, 0x0f, 0x00],
            [0xfe, 0xff, 0xff, 0xff, 0x7f],
            [0xfe, 0xff, 0xff, 0xff, 0xff],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ];
        foreach (byte[] count in counts)
        {
            byte[] hostile = [.. genesis[..offset], .. count, .. genesis[(offset + 1)..]];
            long before = GC.GetAllocatedBytesForCurrentThread();
            bool read = TryRead(hostile);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.False(read);
            Assert.InRange(allocated, 0, MostAllocated);
        }
    }

    [Fact]
    public void A_count_in_a_longer_form_than_needed_is_refused()
    {
        byte[] genesis = RealChain.Data.Blocks[0].ToArray();
        byte[][] forms = [[0xfd, 1, 0], [0xfe, 1, 0, 0, 0], [0xff, 1, 0, 0, 0, 0, 0, 0, 0]];
        Assert.All(forms, form => Assert.False(TryRead([.. genesis[..80], .. form, .. genesis[81..]])));
    }

    [Fact]
    public void Bytes_changed_anywhere_are_read_or_refused_and_never_throw()
    {
        Random random = new(1);
        byte[] block = RealChain.Data.Blocks[170].ToArray();
        for (int i = 0; i < 20_000; i++)
        {
            byte[] hostile = [.. block];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                hostile[random.Next(BlockHeader.Size, hostile.Length)] = (byte)random.Next(256);
            }

            TryRead(hostile);
        }
    }

    private static bool TryRead(byte[] bytes) => ChainFormat.TryReadBlock(bytes, Network.Main, out _);
}
