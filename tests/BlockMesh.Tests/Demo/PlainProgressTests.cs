using BlockMesh.Demo;

namespace BlockMesh.Tests.Demo;

public sealed class PlainProgressTests
{
    private readonly ManualTime _time = new();
    private readonly StringWriter _output = new();

    [Fact]
    public void A_change_is_shown_at_most_twice_a_second_and_at_the_end()
    {
        var progress = new PlainProgress(_output, _time);
        progress.Report(Made(1));
        progress.Report(Made(2));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        progress.Report(Made(1));
        progress.Report(Made(3));
        progress.Report(Made(3));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        progress.Report(Made(3));
        progress.Report(Made(4, largeBlock: true));

        Assert.Equal(
            ["n: 1 headers, 0 blocks", "n: 3 headers, 0 blocks", "n: 4 headers, 0 blocks, large block"],
            _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Many_nodes_take_one_line_of_all_together()
    {
        IEnumerable<NodeProgress> nodes = Enumerable.Range(0, 250)
            .Select(i => new NodeProgress($"node-{i}", 9, 2, false));
        new PlainProgress(_output, _time).Report(new MeshProgress(10, 5, [.. nodes]));

        Assert.StartsWith("0 of 250 nodes done", _output.ToString(), StringComparison.Ordinal);
        Assert.InRange(_output.ToString().Length, 1, 120);
    }

    private static MeshProgress Made(int headers, bool largeBlock = false) =>
        new(10, 5, [new NodeProgress("n", headers, 0, largeBlock)]);
}
