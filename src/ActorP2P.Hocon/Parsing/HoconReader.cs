using System.Globalization;
using System.Text;

namespace ActorP2P.Hocon;

/// <summary>Reads a text, one lexical element at a time.</summary>
internal sealed class HoconReader(HoconSource source)
{
    // The keys of a file repeat. A small hash table avoids most of their copies.
    private const int RememberedKeys = 256;

    private readonly string _text = source.Text;
    private readonly string?[] _keys = new string?[RememberedKeys];

    public HoconSource Source { get; } = source;

    public int At { get; set; }

    public bool AtEnd => At >= _text.Length;

    /// <summary>
    /// The character at the position; zero at the end. <see cref="AtEnd"/> tells the end from a zero in the text.
    /// </summary>
    public char Current => At < _text.Length ? _text[At] : '\0';

    public bool AtComment => Current == '#' || Ahead("//");

    public HoconPosition Here => new(Source, At);

    public HoconException Error(string what) => Here.Error(what);

    public bool Ahead(string what) => _text.AsSpan(Math.Min(At, _text.Length)).StartsWith(what);

    public bool Take(char what)
    {
        if (AtEnd || _text[At] != what)
        {
            return false;
        }
        At++;
        return true;
    }

    public ReadOnlySpan<char> Since(int from) => _text.AsSpan(from, At - from);

    /// <summary>Skips whitespace except newlines.</summary>
    public void SkipSpaces()
    {
        while (At < _text.Length && _text[At] != '\n' && HoconCharacters.IsWhitespace(_text[At]))
        {
            At++;
        }
    }

    /// <summary>Skips whitespace and comments.</summary>
    /// <returns>Whether there was a newline, which separates elements as a comma does.</returns>
    public bool SkipBlank()
    {
        bool newline = false;
        while (At < _text.Length)
        {
            char letter = _text[At];
            if (HoconCharacters.IsWhitespace(letter))
            {
                newline |= letter == '\n';
                At++;
            }
            else if (letter is '#' or '/' && AtComment)
            {
                int length = _text.AsSpan(At).IndexOf('\n');
                At = length < 0 ? _text.Length : At + length;
            }
            else
            {
                break;
            }
        }
        return newline;
    }

    /// <summary>Moves past the unquoted text that begins here.</summary>
    public void SkipUnquoted()
    {
        if (HoconCharacters.BeginsNumber(_text[At]))
        {
            SkipNumber();
        }
        while (At < _text.Length)
        {
            int length = _text.AsSpan(At).IndexOfAny(HoconCharacters.EndOfUnquoted);
            At = length < 0 ? _text.Length : At + length;
            if (Current != '/' || Ahead("//"))
            {
                return;
            }
            At++;
        }
    }

    /// <summary>The unquoted text that begins here.</summary>
    public HoconText ReadUnquoted()
    {
        int from = At;
        SkipUnquoted();
        return HoconText.FromUnquoted(_text, from, At - from);
    }

    /// <summary>The quoted or triple-quoted text that begins here.</summary>
    public HoconText ReadQuoted()
    {
        int opened = At++;
        ReadOnlySpan<char> rest = _text.AsSpan(At);
        int length = rest.IndexOfAny(HoconCharacters.EndOfQuoted);
        if (length < 0 || rest[length] != '"')
        {
            return new HoconText(ReadEscaped(opened, length < 0 ? rest.Length : length));
        }
        At += length + 1;
        return length == 0 && Current == '"' ? ReadTripleQuoted(opened) : new HoconText(_text, opened + 1, length);
    }

    /// <summary>The characters as a text. It is the same object as before if the table still has it.</summary>
    public string Remember(ReadOnlySpan<char> key)
    {
        int slot = key.Length == 0
            ? 0
            : ((key.Length * 31) + (key[0] * 7) + key[^1] + (key[key.Length / 2] * 3)) % RememberedKeys;
        string? known = _keys[slot];
        return known is not null && key.SequenceEqual(known) ? known : _keys[slot] = key.ToString();
    }

    /// <summary>Skips the characters of a number. A plus is allowed in a number and nowhere else.</summary>
    private void SkipNumber()
    {
        int from = At;
        while (At < _text.Length && HoconCharacters.IsInNumber(_text[At]))
        {
            At++;
        }
        int plus = Since(from).IndexOf('+');
        if (plus >= 0 && !HoconCharacters.IsNumber(Since(from)))
        {
            At = from + plus;
            throw Error("A + is not allowed here: put the text in quotes");
        }
    }

    private HoconText ReadTripleQuoted(int opened)
    {
        int from = ++At;
        int length = _text.AsSpan(from).IndexOf("\"\"\"");
        if (length < 0)
        {
            At = opened;
            throw Error("The text that begins here has no closing \"\"\"");
        }
        At = from + length + 3;
        // If there are more than three quotes, the last three end the text, and the ones before belong to it.
        while (Take('"'))
        {
        }
        return new HoconText(_text, from, At - 3 - from);
    }

    private string ReadEscaped(int opened, int plain)
    {
        var content = new StringBuilder();
        while (true)
        {
            content.Append(_text, At, plain);
            At += plain;
            if (AtEnd)
            {
                At = opened;
                throw Error("The text that begins here has no closing quote");
            }
            if (Take('"'))
            {
                return content.ToString();
            }
            if (!Take('\\'))
            {
                throw Error(Current == '\n'
                    ? "The closing quote is missing before the end of the line; a text of several lines "
                        + "needs three quotes"
                    : $"The control character \\u{(int)Current:x4} must be escaped in a quoted text");
            }
            content.Append(Escaped());
            ReadOnlySpan<char> rest = _text.AsSpan(At);
            plain = rest.IndexOfAny(HoconCharacters.EndOfQuoted);
            plain = plain < 0 ? rest.Length : plain;
        }
    }

    private char Escaped()
    {
        char code = Current;
        At++;
        switch (code)
        {
            case '"' or '\\' or '/':
                return code;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u' when At + 4 <= _text.Length
                && ushort.TryParse(
                    _text.AsSpan(At, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit):
                At += 4;
                return (char)unit;
            default:
                At -= 2;
                throw Error(code == 'u'
                    ? "After \\u come four hexadecimal digits"
                    : "Unknown escape: JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX");
        }
    }
}
