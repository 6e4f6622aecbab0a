using System.Globalization;
using System.Text;

namespace ActorP2P.Cli.Terminal;

/// <summary>Text and bytes of other nodes for a terminal, which must not take them for commands.</summary>
internal static class SafeText
{
    private static readonly UTF8Encoding s_utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>A text in which what is not printable is replaced.</summary>
    public static string Of(string text) => IsPrintable(text) ? text
        : string.Concat(text.EnumerateRunes().Select(static rune => IsPrintable(rune) ? rune.ToString() : "\ufffd"));

    /// <summary>The text that bytes are; null if they are no printable text.</summary>
    public static string? TextOf(ReadOnlySpan<byte> bytes)
    {
        try
        {
            string text = s_utf8.GetString(bytes);
            return IsPrintable(text) ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>A size for people: at most five characters and a unit.</summary>
    public static string Size(double bytes)
    {
        string[] units = ["B", "KB", "MB", "GB", "TB"];
        int unit = 0;
        while (bytes >= 1000 && unit < units.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(unit == 0 || bytes >= 100 ? Math.Round(bytes) : Math.Round(bytes, 1))} {units[unit]}");
    }

    private static bool IsPrintable(string text) => text.EnumerateRunes().All(IsPrintable);

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.PrivateUse);
}
