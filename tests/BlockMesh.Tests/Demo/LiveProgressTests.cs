using System.Text.RegularExpressions;
using BlockMesh.Demo;
using Spectre.Console;

namespace BlockMesh.Tests.Demo;

public sealed partial class LiveProgressTests
{
    [Theory]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    public async Task Bars_fit_the_width_there_is(int width)
    {
        string[] lines = await ShowAsync(width, height: 30, nodes: 5);

        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Contains(lines, line => line.Contains("node-5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_nodes_than_rows_are_shown_as_one_bar()
    {
        string[] lines = await ShowAsync(width: 80, height: 30, nodes: 60);

        Assert.DoesNotContain(lines, line => line.Contains("node-1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("0 of 60 nodes done", StringComparison.Ordinal));
    }

    private static async Task<string[]> ShowAsync(int width, int height, int nodes)
    {
        using StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Profile.Height = height;
        IEnumerable<NodeProgress> all = Enumerable.Range(1, nodes)
            .Select(node => new NodeProgress($"node-{node}", 10_237, 9, false));
        MeshProgress progress = new(10_237, 176, [.. all]);
        await LiveProgress.ShowAsync(console, reported =>
        {
            reported.Report(progress);
            return Task.FromResult(new MeshResult(Succeeded: true, "OK", []));
        });
        return [.. ControlSequence().Replace(writer.ToString(), "").Split(['\n', '\r']).Select(line => line.TrimEnd())];
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex ControlSequence();
}
