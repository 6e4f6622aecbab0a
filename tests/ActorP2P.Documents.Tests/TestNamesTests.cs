using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>The pages name tests. A test that is renamed or removed must change there too.</summary>
public sealed partial class TestNamesTests
{
    [Fact]
    public void Every_test_that_a_page_names_exists()
    {
        HashSet<string> tests = [.. TestSources().SelectMany(
            static source => Declaration().Matches(source).Select(static match => match.Groups["name"].Value))];
        (string Page, string Name)[] named = [.. Repository.Documents.SelectMany(
            static page => Mention().Matches(Repository.Read(page)).Select(
                match => (page, match.Groups["name"].Value)))];

        Assert.True(named.Length > 100, "The pages no longer name tests in the usual form.");
        Assert.DoesNotContain(named, mention => !tests.Contains(mention.Name));
    }

    private static IEnumerable<string> TestSources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .Select(File.ReadAllText);

    [GeneratedRegex(@"^    public (?:static )?(?:async )?\w+ (?<name>[A-Z]\w*_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    // A name in code marks with an underscore before a lower-case word, which variables and constants do not have.
    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]*_\w*[a-z]\w*)`")]
    private static partial Regex Mention();
}
