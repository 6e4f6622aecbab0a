using BlockMesh.Chain;
using BlockMesh.Messages;

namespace BlockMesh.Tests.Chain;

public sealed class SourceDataTests
{
    [Fact]
    public void Headers_are_read_from_any_height_to_the_end()
    {
        var chain = new SourceChain(RealChain.Data);
        Assert.Equal(RealChain.FirstHeaders(2), chain.ReadHeaders(0, 2));
        Assert.Equal(RealChain.HeaderBytes(10_236), chain.ReadHeaders(10_236, 2000));
        Assert.True(chain.ReadHeaders(10_237, 2000).IsEmpty);
        Assert.True(chain.ReadHeaders(int.MaxValue, 2000).IsEmpty);
    }

    [Fact]
    public void Blocks_of_a_reply_are_limited_but_never_none()
    {
        ReadOnlyMemory<byte> half = new byte[Blocks.MostBytes / 2];
        ReadOnlyMemory<byte> larger = new byte[Blocks.MostBytes + 1];
        var chain = new SourceChain(RealChain.Data with { Blocks = [half, half, larger, half] });

        Assert.Single(chain.ReadBlocks(0, 1));
        Assert.Equal(2, chain.ReadBlocks(0, 100).Count);
        Assert.Single(chain.ReadBlocks(1, 100));
        Assert.Single(chain.ReadBlocks(2, 100));
        Assert.Empty(chain.ReadBlocks(4, 100));
        Assert.Empty(chain.ReadBlocks(int.MaxValue, 100));
    }

    [Fact]
    public void Files_without_chain_data_are_refused_by_name()
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllBytes(directory.File(SourceData.HeadersFile), new byte[79]);
        Assert.Contains(SourceData.HeadersFile, Refusal(), StringComparison.Ordinal);

        File.WriteAllBytes(directory.File(SourceData.HeadersFile), new byte[80]);
        File.WriteAllText(directory.File(SourceData.BlocksFile), "00\nnot hex\n");
        Assert.Contains("line 2", Refusal(), StringComparison.Ordinal);

        string Refusal() => Assert.Throws<InvalidDataException>(() => SourceData.Load(directory.Path)).Message;
    }
}
