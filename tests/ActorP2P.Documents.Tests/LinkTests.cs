using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_between_files_leads_somewhere()
    {
        List<string> broken = [];
        foreach (string document in Repository.Documents)
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
            foreach (Match link in Link().Matches(Repository.Read(document)))
            {
                string target = link.Groups["target"].Value;
                if (!Path.Exists(Path.Combine(folder, target)))
                {
                    broken.Add($"{document}: {target}");
                }
            }
        }

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\]\((?!https?:|#)(?<target>[^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();
}
