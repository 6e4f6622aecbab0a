using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>Checks the table of the files that a request passes through, in docs/internals/architecture.md.</summary>
public sealed partial class ArchitecturePageTests
{
    private const int MostFiles = 25;

    private static readonly string s_page = Repository.Read("docs/internals/architecture.md");

    [Fact]
    public void The_page_lists_the_files_of_a_request()
    {
        int said = int.Parse(CountLine().Match(s_page).Groups[1].Value, CultureInfo.InvariantCulture);

        Assert.Equal(said, Files().Count());
        Assert.InRange(said, 1, MostFiles);
    }

    [Fact]
    public void Every_file_that_the_page_lists_exists() => Assert.All(
        Files(), file => Assert.True(File.Exists(Path.Combine(Repository.Root, file)), $"{file} is not there."));

    private static IEnumerable<string> Files() => Section().Split('\n')
        .Select(line => Row().Match(line))
        .Where(row => row.Success)
        .SelectMany(row => row.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries)
            .Select(type => $"src/{ProjectOf(row.Groups[1].Value)}/{type}.cs"));

    private static string Section()
    {
        int start = CountLine().Match(s_page).Index;
        return s_page[start..s_page.IndexOf("###", start, StringComparison.Ordinal)];
    }

    private static string ProjectOf(string folder) =>
        folder.StartsWith("ActorP2P/", StringComparison.Ordinal) ? folder : $"ActorP2P.{folder}";

    [GeneratedRegex("A request passes through ([0-9]+) files")]
    private static partial Regex CountLine();

    [GeneratedRegex("^\\| `([A-Za-z0-9/]+)` \\| ([A-Za-z, ]+) \\|$")]
    private static partial Regex Row();
}
