using System.Text;

namespace ActorP2P.Documents.Tests;

/// <summary>The table of all settings, made from the comments of reference.conf.</summary>
internal static class SettingsTable
{
    public const string Begin = "<!-- settings: made from reference.conf -->\n";
    public const string End = "<!-- end of settings -->";

    public static string Make(string reference)
    {
        StringBuilder table = new(
            "| setting | default | what it is | unit | why this default |\n|---|---|---|---|---|\n");
        List<string> comment = [];
        Stack<string> sections = new();
        foreach (string line in reference.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith('#'))
            {
                comment.Add(line[1..].Trim());
            }
            else if (line.EndsWith('{'))
            {
                sections.Push(line[..^1].Trim());
                comment.Clear();
            }
            else if (line == "}")
            {
                sections.Pop();
            }
            else if (line.Split(" = ", 2) is [var key, var value])
            {
                string path = string.Join('.', sections.Reverse().Skip(1).Append(key));
                table.Append($"| `{path}` | `{value}` | {Row(string.Join(' ', comment))} |\n");
                comment.Clear();
            }
        }

        return table.ToString();
    }

    private static string Row(string comment)
    {
        int unit = comment.IndexOf("Unit: ", StringComparison.Ordinal);
        int why = comment.IndexOf("Why: ", StringComparison.Ordinal);
        return string.Join(" | ", comment[..unit].Trim(), comment[(unit + 6)..why].Trim(), comment[(why + 5)..].Trim());
    }
}
