using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>Code that a document marks as a snippet equals the code of a test.</summary>
public sealed partial class SnippetTests
{
    /// <summary>Where the code of snippets is: in tests that run it.</summary>
    private static readonly string[] s_folders =
    [
        "tests/ActorP2P.Documents.Tests/Snippets",
        "tests/ActorP2P.Determinism.Tests/Exploration/Snippets",
        "tests/ActorP2P.Determinism.TestKit.Tests/SameSource",
        "tests/ActorP2P.Hosting.Tests/Snippets",
        "tests/ActorP2P.Simulation.Tests/Scenarios/Snippets",
    ];

    [Fact]
    public void The_documents_show_the_snippets_as_they_run()
    {
        Dictionary<string, string> known = Snippets();
        List<string> shown = [];
        foreach (string document in Repository.Documents)
        {
            foreach (Match block in ShownSnippet().Matches(Repository.Read(document)))
            {
                string name = block.Groups["name"].Value;
                shown.Add(name);
                Assert.Equal(known[name], block.Groups["code"].Value.TrimEnd());
            }
        }

        Assert.Equal(known.Keys.Order(), shown.Order());
    }

    [Fact]
    public void All_code_of_the_page_on_actors_is_a_snippet() =>
        Assert.Equal(
            ShownSnippet().Count(Repository.Read("docs/actors.md")),
            Repository.Read("docs/actors.md").Split("```csharp").Length - 1);

    private static Dictionary<string, string> Snippets()
    {
        Dictionary<string, string> snippets = [];
        IEnumerable<string> files = s_folders.SelectMany(
            static folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs"));
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            foreach (Match snippet in Snippet().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")))
            {
                int indent = snippet.Groups["indent"].Length;
                snippets.Add(snippet.Groups["name"].Value, string.Join('\n', snippet.Groups["code"].Value.Split('\n')
                    .Select(line => line.Length > indent ? line[indent..] : line.TrimStart())).TrimEnd());
            }
        }

        return snippets;
    }

    [GeneratedRegex(@"<!-- snippet: (?<name>[^>]+) -->\n```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ShownSnippet();

    [GeneratedRegex(@"^(?<indent> *)// snippet: (?<name>[^\n]+)\n(?<code>.*?)\n *// end$",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Snippet();
}
