using System.Globalization;
using System.Text;

namespace ActorP2P.Hocon;

/// <summary>Writes values as HOCON that is also JSON, with two spaces for each level.</summary>
internal static class HoconRenderer
{
    // A value that substitutions put in many places is stored once but written each time. 128 Mi characters is twice
    // the longest text.
    private const int MostCharacters = 128 * 1024 * 1024;

    /// <summary>The text of a value.</summary>
    /// <exception cref="HoconException">The text would be too long.</exception>
    public static string Render(HoconElement value)
    {
        var text = new StringBuilder();
        // The open containers and the index of their next element. It is an explicit stack, because the options decide
        // the depth.
        var open = new Stack<(HoconElement Container, int Next)>();
        Begin(text, value, open);
        while (open.TryPop(out (HoconElement Container, int Next) at))
        {
            int count = (at.Container as HoconMap)?.Count ?? ((HoconList)at.Container).Count;
            if (at.Next == count)
            {
                NewLine(text, count == 0 ? -1 : open.Count).Append(at.Container is HoconMap ? '}' : ']');
                continue;
            }
            CheckLength(text);
            open.Push((at.Container, at.Next + 1));
            NewLine(at.Next == 0 ? text : text.Append(','), open.Count);
            if (at.Container is HoconMap @object)
            {
                AppendQuoted(text, @object.KeyAt(at.Next));
                text.Append(" : ");
                Begin(text, @object.ValueAt(at.Next), open);
            }
            else
            {
                Begin(text, ((HoconList)at.Container)[at.Next], open);
            }
        }
        return text.ToString();
    }

    /// <summary>Checks that the text rendered so far is not too long.</summary>
    /// <exception cref="HoconException">It is too long.</exception>
    public static void CheckLength(StringBuilder text)
    {
        if (text.Length > MostCharacters)
        {
            throw new HoconException($"The configuration is longer than {MostCharacters} characters when written out.");
        }
    }

    /// <summary>Appends a text in quotes, with JSON's escapes where they are needed.</summary>
    public static void AppendQuoted(StringBuilder to, ReadOnlySpan<char> text)
    {
        to.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char letter = text[i];
            switch (letter)
            {
                case '"' or '\\':
                    to.Append('\\').Append(letter);
                    break;
                case '\n':
                    to.Append("\\n");
                    break;
                case < ' ' or '\u007f':
                case >= '\ud800' and <= '\udfff' when !IsHalfOfPair(text, i):
                    to.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
                    break;
                default:
                    to.Append(letter);
                    break;
            }
        }
        to.Append('"');
    }

    // A surrogate without its other half is not a character and would not survive a UTF-8 file. Its escape does.
    private static bool IsHalfOfPair(ReadOnlySpan<char> text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);

    private static void Begin(StringBuilder text, HoconElement value, Stack<(HoconElement Container, int Next)> open)
    {
        switch (value)
        {
            case HoconMap or HoconList:
                text.Append(value is HoconMap ? '{' : '[');
                open.Push((value, 0));
                break;
            case HoconText { Type: HoconTextKind.String or HoconTextKind.Space } single:
                AppendQuoted(text, single.Span);
                break;
            case HoconText single:
                text.Append(single.Span);
                break;
            default:
                text.Append(value.Kind);
                break;
        }
    }

    private static StringBuilder NewLine(StringBuilder text, int level) =>
        level < 0 ? text : text.Append('\n').Append(' ', level * 2);
}
