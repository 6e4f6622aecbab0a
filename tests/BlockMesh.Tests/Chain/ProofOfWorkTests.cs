using System.Numerics;
using BlockMesh.Chain;

namespace BlockMesh.Tests.Chain;

public sealed class ProofOfWorkTests
{
    // The vectors of Bitcoin's developer reference for the compact form, and the easiest target of the main network.
    [Theory]
    [InlineData(0x01123456, "12")]
    [InlineData(0x02123456, "1234")]
    [InlineData(0x03123456, "123456")]
    [InlineData(0x04123456, "12345600")]
    [InlineData(0x05009234, "92340000")]
    [InlineData(0x20123456, "1234560000000000000000000000000000000000000000000000000000000000")]
    [InlineData(0x1d00ffff, "ffff0000000000000000000000000000000000000000000000000000")]
    [InlineData(0x2100ffff, "ffff000000000000000000000000000000000000000000000000000000000000")]
    public void A_compact_target_expands(uint bits, string hex)
    {
        Assert.True(ProofOfWork.TryExpand(bits, out BigInteger target));
        Assert.Equal(BigInteger.Parse("0" + hex, System.Globalization.NumberStyles.HexNumber, null), target);
    }

    [Theory]
    [InlineData(0x00000000)]
    [InlineData(0x01003456)]
    [InlineData(0x1d000000)]
    [InlineData(0x01fedcba)]
    [InlineData(0x04923456)]
    [InlineData(0x1d80ffff)]
    [InlineData(0x21010000)]
    [InlineData(0xff123456)]
    [InlineData(0xffffffff)]
    public void A_target_that_is_zero_negative_or_too_wide_is_none(uint bits) =>
        Assert.False(ProofOfWork.TryExpand(bits, out _));

    [Fact]
    public void A_header_cannot_name_an_easier_target_than_the_chain_allows()
    {
        byte[] block = BlockBuilder.Mine([default], []);
        BlockHeader header = BlockHeader.Read(block.AsSpan(0, BlockHeader.Size));

        Assert.True(ProofOfWork.Holds(header, BlockBuilder.EasyBits));
        Assert.False(ProofOfWork.Holds(header, ChainRules.Mainnet.Bits));
    }
}
