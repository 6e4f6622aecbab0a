using BlockMesh.Chain;
using NBitcoin;

namespace BlockMesh.Tests.Chain;

public sealed class HeaderChainTests
{
    [Fact]
    public void A_flipped_bit_in_any_header_is_refused()
    {
        var chain = new HeaderChain(ChainRules.Mainnet);
        for (int height = 0; height < 10_237; height++)
        {
            // A stride that shares no factor with 640 reaches every bit of the header within 640 heights.
            byte[] altered = BitFlip.In(RealChain.HeaderBytes(height), height * 7 % (BlockHeader.Size * 8));
            Assert.NotEqual(HeaderVerdict.Accepted, chain.Append(Header(altered)));
            Assert.Equal(HeaderVerdict.Accepted, chain.Append(RealChain.Header(height)));
        }
    }

    [Theory]
    [InlineData(0, HeaderVerdict.InsufficientWork)]
    [InlineData(4, HeaderVerdict.WrongParent)]
    [InlineData(35, HeaderVerdict.WrongParent)]
    [InlineData(36, HeaderVerdict.InsufficientWork)]
    [InlineData(67, HeaderVerdict.InsufficientWork)]
    [InlineData(68, HeaderVerdict.InsufficientWork)]
    [InlineData(72, HeaderVerdict.WrongTarget)]
    [InlineData(75, HeaderVerdict.WrongTarget)]
    [InlineData(76, HeaderVerdict.InsufficientWork)]
    public void Each_field_of_a_header_has_its_own_refusal(int offset, HeaderVerdict expected)
    {
        HeaderChain chain = OfLength(1);
        for (int bit = 0; bit < 8; bit++)
        {
            byte[] altered = BitFlip.In(RealChain.HeaderBytes(1), (offset * 8) + bit);
            Assert.Equal(expected, chain.Append(Header(altered)));
        }
    }

    [Fact]
    public void Only_the_genesis_header_of_the_rules_begins_a_chain()
    {
        var chain = new HeaderChain(ChainRules.Mainnet);
        Assert.Equal(HeaderVerdict.WrongGenesis, chain.Append(RealChain.Header(1)));
        Assert.Equal(0, chain.Count);
        Assert.Equal(uint256.Zero, chain.TipHash);
    }

    [Fact]
    public void A_header_out_of_order_is_refused()
    {
        HeaderChain chain = OfLength(3);
        Assert.Equal(HeaderVerdict.WrongParent, chain.Append(RealChain.Header(2)));
        Assert.Equal(HeaderVerdict.WrongParent, chain.Append(RealChain.Header(4)));
    }

    [Fact]
    public void Headers_beyond_the_rules_are_refused()
    {
        var chain = new HeaderChain(ChainRules.Mainnet with { MaxHeaders = 2 });
        Assert.Equal(HeaderVerdict.Accepted, chain.Append(RealChain.Header(0)));
        Assert.Equal(HeaderVerdict.Accepted, chain.Append(RealChain.Header(1)));
        Assert.Equal(HeaderVerdict.BeyondRules, chain.Append(RealChain.Header(2)));
    }

    private static BlockHeader Header(byte[] bytes) => ChainFormat.ReadHeader(bytes, Network.Main);

    private static HeaderChain OfLength(int count)
    {
        var chain = new HeaderChain(ChainRules.Mainnet);
        for (int height = 0; height < count; height++)
        {
            Assert.Equal(HeaderVerdict.Accepted, chain.Append(RealChain.Header(height)));
        }

        return chain;
    }
}
