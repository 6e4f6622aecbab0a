using System.Buffers;

namespace ActorP2P.Hocon;

/// <summary>The classes of characters, by the specification's sections on whitespace and unquoted strings.</summary>
internal static class HoconCharacters
{
    // Unicode's separators (Zs, Zl, Zp), the byte order mark, and the ASCII controls that the specification lists.
    private const string Whitespace =
        "\t\n\v\f\r\u001c\u001d\u001e\u001f \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
        + "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    private static readonly SearchValues<char> s_whitespace = SearchValues.Create(Whitespace);

    private static readonly SearchValues<char> s_reserved = SearchValues.Create(Reserved);

    /// <summary>The characters at which an unquoted text may end; at a slash only if another one follows.</summary>
    public static SearchValues<char> EndOfUnquoted { get; } = SearchValues.Create(Whitespace + Reserved + "/");

    /// <summary>
    /// The characters that end a plain stretch of a quoted text: its end, an escape, or a control character, which JSON
    /// forbids.
    /// </summary>
    public static SearchValues<char> EndOfQuoted { get; } =
        SearchValues.Create("\"\\" + new string([.. Enumerable.Range(0, ' ').Select(code => (char)code)]));

    public static bool IsWhitespace(char letter) => letter switch
    {
        ' ' or '\n' or '\r' or '\t' => true,
        > ' ' and < '\u00a0' => false,
        _ => s_whitespace.Contains(letter),
    };

    public static bool IsReserved(char letter) => s_reserved.Contains(letter);

    public static bool BeginsNumber(char letter) => char.IsAsciiDigit(letter) || letter == '-';

    /// <summary>Whether a character may be part of a number after the first one.</summary>
    public static bool IsInNumber(char letter) =>
        char.IsAsciiDigit(letter) || letter is '-' or '+' or '.' or 'e' or 'E';

    /// <summary>Whether a text is a number in JSON's grammar.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        int at = text is ['-', ..] ? 1 : 0;
        int whole = Digits(text, at);
        if (whole == 0 || (whole > 1 && text[at] == '0'))
        {
            return false;
        }
        at += whole;
        if (at < text.Length && text[at] == '.')
        {
            int fraction = Digits(text, at + 1);
            if (fraction == 0)
            {
                return false;
            }
            at += 1 + fraction;
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at += at + 1 < text.Length && text[at + 1] is '+' or '-' ? 2 : 1;
            int exponent = Digits(text, at);
            return exponent > 0 && at + exponent == text.Length;
        }
        return at == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text, int from)
    {
        int at = from;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        return at - from;
    }
}
