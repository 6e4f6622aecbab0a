using BlockMesh.Demo;
using Spectre.Console;

namespace BlockMesh.Tests.Demo;

public sealed class ReportTableTests
{
    [Theory]
    [InlineData(120, true)]
    [InlineData(80, false)]
    [InlineData(60, false)]
    [InlineData(40, false)]
    [InlineData(20, false)]
    public void A_table_fits_the_width_there_is(int width, bool whole)
    {
        string[] lines = Render(width, "node-1", "a-node-with-a-name-that-is-far-too-long-for-any-table");

        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, width));
        Assert.Single(lines, line => line.Contains("node-1", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("a-node", StringComparison.Ordinal));
        Assert.Equal(whole, lines.Any(line => line.Contains("duplicates", StringComparison.Ordinal)));
        Assert.Equal(width >= 40, lines.Any(line => line.Contains("10,237", StringComparison.Ordinal)));
    }

    private static string[] Render(int width, params string[] names)
    {
        using StringWriter writer = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        NodeReport[] nodes = [.. names.Select(name => new NodeReport
        {
            Name = name,
            Headers = 10_237,
            Blocks = 176,
            LargeBlock = true,
            Transaction = true,
            SettledAfter = TimeSpan.FromSeconds(1),
            BytesReceived = 2_441_194,
            BytesSent = 2_441_194,
            Duplicates = 0,
            Refusals = [],
        })];
        console.Write(ReportTable.Make(new MeshResult(Succeeded: true, "OK", nodes), width));
        return writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
