using System.Globalization;
using System.Text;

namespace ActorP2P.Protocol;

/// <summary>
/// Makes texts of other nodes fit to be logged and shown: such a text cannot start a line of its own, move a terminal's
/// cursor or change the direction of the text beside it.
/// </summary>
internal static class PrintableText
{
    /// <summary>
    /// Whether every character of a text can be printed and survives encoding in UTF-8: no control or format character,
    /// and no half of a surrogate pair.
    /// </summary>
    public static bool IsPrintable(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            i += isPair ? 1 : 0;
            if (!isPair && (char.IsSurrogate(text[i]) || !IsPrintable(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text with a replacement character for each one that cannot be printed.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (char character in text)
        {
            if (!IsPrintable(character))
            {
                return string.Create(text.Length, text, static (target, source) =>
                {
                    for (int i = 0; i < target.Length; i++)
                    {
                        target[i] = IsPrintable(source[i]) ? source[i] : '\ufffd';
                    }
                });
            }
        }

        return text;
    }

    /// <summary>
    /// The same, cut to a length in UTF-8: a replacement character is longer than a control character that it stands
    /// for.
    /// </summary>
    public static string Of(string text, int mostBytes)
    {
        string shown = Of(text);
        int bytes = 0;
        int length = 0;
        foreach (Rune rune in shown.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > mostBytes)
            {
                return shown[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return shown;
    }

    // The text has been checked as UTF-8, so its surrogates come in pairs. A pair is a letter or a picture.
    private static bool IsPrintable(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
