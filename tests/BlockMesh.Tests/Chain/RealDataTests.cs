using BlockMesh.Chain;
using NBitcoin;

namespace BlockMesh.Tests.Chain;

public sealed class RealDataTests
{
    [Fact]
    public void All_headers_link_and_carry_their_work_up_to_the_known_hash()
    {
        var chain = new HeaderChain(ChainRules.Mainnet);
        for (int height = 0; height < 10_237; height++)
        {
            Assert.Equal(HeaderVerdict.Accepted, chain.Append(RealChain.Header(height)));
        }

        Assert.Equal(10_237 * BlockHeader.Size, RealChain.Data.Headers.Length);
        Assert.Equal("000000004f74d42205b9d7ae1cb5c1591e723894a71358fce73b7e0919628161", chain.TipHash.ToString());
    }

    [Fact]
    public void All_blocks_are_those_of_their_headers()
    {
        Assert.Equal(176, RealChain.Data.Blocks.Count);
        for (int height = 0; height < RealChain.Data.Blocks.Count; height++)
        {
            Assert.Equal(BlockVerdict.Valid, Judge(height, out _));
        }

        Assert.Equal("00000000fd4afcc15f0fdda9b24be4c62068d8cf82fe6277730fd096712d9d08",
            RealChain.Header(175).GetHash().ToString());
    }

    [Fact]
    public void The_large_block_is_valid_by_itself()
    {
        ReadOnlySpan<byte> bytes = RealChain.Data.LargeBlock.Span;

        Assert.Equal(BlockVerdict.Valid, BlockJudge.JudgeAlone(bytes, ChainRules.Mainnet));
        Assert.True(ChainFormat.TryReadBlock(bytes, Network.Main, out Block? block));
        Assert.Equal("000000000000000000014ce9ba7c6760053c3c82ce6ab43d60afb101d3c8f1f1", block.GetHash().ToString());
        Assert.Equal(4_864, block.Transactions.Count);
        Assert.Equal(4_806, block.Transactions.Count(transaction => transaction.HasWitness));
    }

    [Fact]
    public void The_first_payment_has_its_known_id()
    {
        Assert.Equal(BlockVerdict.Valid, Judge(170, out Block? block));
        Assert.Equal(
            "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16", $"{block!.Transactions[1].GetHash()}");
    }

    private static BlockVerdict Judge(int height, out Block? block) => BlockJudge.Judge(
        RealChain.Data.Blocks[height].Span, RealChain.Header(height), ChainRules.Mainnet, out block);
}
