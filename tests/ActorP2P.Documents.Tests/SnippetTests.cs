using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>Code that a document marks as a snippet equals the code of a test.</summary>
public sealed partial class SnippetTests
{
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
        string folder = Path.Combine(Repository.Root, "tests/ActorP2P.Documents.Tests/Snippets");
        foreach (string file in Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal))
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
