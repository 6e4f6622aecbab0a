using System.Globalization;
using System.Text.RegularExpressions;

namespace ActorP2P.Protocol.Tests;

/// <summary>
/// Reads docs/internals/protocol.md: the vectors in its fenced blocks and the rows of its code tables.
/// </summary>
public sealed partial class ProtocolDocument
{
    private readonly string[] _lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "protocol.md"));

    /// <summary>The lines <c>name: hex</c> of all fenced blocks marked with <paramref name="mark"/>.</summary>
    public IReadOnlyDictionary<string, string> Vectors(string mark)
    {
        Dictionary<string, string> vectors = [];
        bool within = false;
        foreach (string line in _lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                within = line == "```" + mark;
            }
            else if (within)
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                vectors.Add(line[..colon], line[(colon + 1)..].Replace(" ", "", StringComparison.Ordinal));
            }
        }

        return vectors;
    }

    /// <summary>The rows <c>| `code` | `Name` | text |</c> of the table under a heading.</summary>
    public IReadOnlyList<(int Code, string Name, string Text)> Codes(string heading)
    {
        List<(int Code, string Name, string Text)> rows = [];
        foreach (string line in _lines.SkipWhile(line => line.TrimStart('#', ' ') != heading).Skip(1)
            .TakeWhile(line => !line.StartsWith('#')))
        {
            Match row = Row().Match(line);
            if (row.Success)
            {
                string code = row.Groups[1].Value;
                int value = code.StartsWith("0x", StringComparison.Ordinal)
                    ? int.Parse(code[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    : int.Parse(code, CultureInfo.InvariantCulture);
                rows.Add((value, row.Groups[2].Value, row.Groups[3].Value.Trim()));
            }
        }

        return rows;
    }

    [GeneratedRegex(@"^\| `(0x[0-9a-f]+|[0-9]+)` \| `(\w+)` \|(.*)\|$")]
    private static partial Regex Row();
}
