using System.Text.RegularExpressions;

namespace ActorP2P.Determinism;

/// <summary>Shortens the text of messages for a reader.</summary>
internal static partial class MessageText
{
    /// <summary>Text in one line, with references to actors by their path and records without empty braces.</summary>
    public static string Short(string text) =>
        Reference().Replace(text.ReplaceLineEndings(" "), "$1").Replace(" { }", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[akka://[^/\s\]]+(/[^\]#]*)(?:#\d+)?\]")]
    private static partial Regex Reference();
}
