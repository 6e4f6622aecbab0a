using BlockMesh.Demo;

namespace BlockMesh.Tests.Demo;

public sealed class ProgressSummaryTests
{
    [Theory]
    [InlineData(10_237, 0, false, 1.0 / 3)]
    [InlineData(10_237, 88, false, 0.5)]
    [InlineData(10_237, 176, false, 2.0 / 3)]
    [InlineData(10_237, 176, true, 1.0)]
    [InlineData(0, 0, false, 0.0)]
    public void A_bar_is_as_full_as_the_work_is_done(int headers, int blocks, bool large, double share)
    {
        NodeProgress node = new("n", headers, blocks, large);
        Assert.Equal(share, ProgressSummary.ShareOf(node, new MeshProgress(10_237, 176, [node])), precision: 9);
    }

    [Fact]
    public void All_nodes_together_take_one_short_line()
    {
        IEnumerable<NodeProgress> others = Enumerable.Range(0, 249).Select(i => new NodeProgress($"n{i}", 9, 2, false));
        MeshProgress progress = new(10, 5, [new NodeProgress("done", 10, 5, true), .. others]);
        Assert.Equal(
            "1 of 250 nodes done; at least 9 headers, 2 blocks each; 1 large blocks",
            ProgressSummary.Describe(progress));
    }
}
