using System.Text;

namespace ActorP2P.Actors;

/// <summary>Reads the everyday part of HOCON: objects, lists, texts, comments, substitutions of earlier values.</summary>
internal sealed class HoconParser(string text)
{
    private const int MaxDepth = 64;

    private readonly HoconObject _root = new();
    private int _at;
    private int _depth;

    public HoconObject Parse()
    {
        SkipBlank();
        bool braced = Take('{');
        ParseMembers(_root, braced);
        SkipBlank();
        if (_at < text.Length)
        {
            throw Malformed("Unexpected text after the end");
        }
        return _root;
    }

    private void ParseMembers(HoconObject into, bool braced)
    {
        while (true)
        {
            SkipBlank();
            if (_at >= text.Length)
            {
                if (braced)
                {
                    throw Malformed("A closing brace is missing");
                }
                return;
            }
            if (braced && Take('}'))
            {
                return;
            }
            string[] path = ParseKey();
            SkipBlank();
            bool assigned = Take('=') || Take(':');
            SkipSpaces();
            if (_at < text.Length && text[_at] == '{')
            {
                ParseObject(into, path);
                continue;
            }
            if (!assigned)
            {
                throw Malformed($"Expected = or {{ after {string.Join('.', path)}");
            }
            into.Set(path, ParseValue());
        }
    }

    /// <summary>Reads members into their place in the tree at once, so that substitutions find what stands before them.</summary>
    private void ParseObject(HoconObject into, string[] path)
    {
        if (++_depth > MaxDepth)
        {
            throw Malformed("Too deeply nested");
        }
        into.Set(path, new HoconObject());
        Take('{');
        ParseMembers((HoconObject)into.Find(path)!, braced: true);
        _depth--;
    }

    private string[] ParseKey()
    {
        int from = _at;
        bool quoted = false;
        while (_at < text.Length && (quoted || text[_at] is not ('=' or ':' or '{' or '}' or '\n')))
        {
            quoted ^= text[_at] == '"';
            _at++;
        }
        string[] path = HoconPath.Split(text[from.._at].Trim());
        return path.Length > 0 ? path : throw Malformed("A key is missing");
    }

    private HoconValue ParseValue()
    {
        SkipSpaces();
        if (++_depth > MaxDepth)
        {
            throw Malformed("Too deeply nested");
        }
        try
        {
            if (Take('{'))
            {
                var inner = new HoconObject();
                ParseMembers(inner, braced: true);
                return inner;
            }
            return Take('[') ? ParseList() : ParseText();
        }
        finally
        {
            _depth--;
        }
    }

    private HoconList ParseList()
    {
        var items = new List<HoconValue>();
        while (true)
        {
            SkipBlank();
            if (_at >= text.Length)
            {
                throw Malformed("A closing bracket is missing");
            }
            if (Take(']'))
            {
                return new HoconList(items);
            }
            items.Add(ParseValue());
        }
    }

    /// <summary>Pieces up to the end of the value, joined: bare words, quoted texts and substitutions.</summary>
    private HoconValue ParseText()
    {
        var joined = new StringBuilder();
        int solid = 0;
        HoconValue? whole = null;
        int pieces = 0;
        while (_at < text.Length && text[_at] is not (',' or '\n' or '}' or ']' or '#') && !Ahead("//"))
        {
            if (text[_at] == '"')
            {
                joined.Append(ParseQuoted());
                solid = joined.Length;
                pieces++;
            }
            else if (Ahead("${"))
            {
                whole = ParseSubstitution();
                joined.Append(whole is HoconText part ? part.Text : "");
                solid = joined.Length;
                pieces++;
            }
            else
            {
                char letter = text[_at++];
                joined.Append(letter);
                if (!char.IsWhiteSpace(letter))
                {
                    solid = joined.Length;
                    pieces++;
                }
            }
        }
        if (pieces == 0)
        {
            throw Malformed("A value is missing");
        }
        joined.Length = solid;
        return pieces == 1 && whole is not null ? whole : new HoconText(joined.ToString());
    }

    private string ParseQuoted()
    {
        if (Ahead("\"\"\""))
        {
            int end = text.IndexOf("\"\"\"", _at + 3, StringComparison.Ordinal);
            string raw = end < 0 ? throw Malformed("A closing \"\"\" is missing") : text[(_at + 3)..end];
            _at = end + 3;
            return raw;
        }
        var content = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at >= text.Length || text[_at] == '\n')
            {
                throw Malformed("A closing quote is missing");
            }
            if (text[_at] == '"')
            {
                _at++;
                return content.ToString();
            }
            content.Append(text[_at] == '\\' ? Escaped() : text[_at]);
        }
    }

    private char Escaped()
    {
        char code = ++_at < text.Length ? text[_at] : throw Malformed("A closing quote is missing");
        return code switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '"' or '\\' or '/' => code,
            _ => throw Malformed($"Unknown escape \\{code}"),
        };
    }

    private HoconValue ParseSubstitution()
    {
        int end = text.IndexOf('}', _at);
        if (end < 0)
        {
            throw Malformed("A closing brace of a substitution is missing");
        }
        string path = text[(_at + 2)..end].Trim();
        bool optional = path.StartsWith('?');
        HoconValue? found = _root.Find(HoconPath.Split(optional ? path[1..] : path));
        if (found is null && !optional)
        {
            throw Malformed($"Nothing to put in for ${{{path}}}");
        }
        _at = end + 1;
        return found ?? new HoconText("");
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    private void SkipBlank()
    {
        while (_at < text.Length)
        {
            if (text[_at] == '#' || Ahead("//"))
            {
                int end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else if (char.IsWhiteSpace(text[_at]) || text[_at] == ',')
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private bool Ahead(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    private bool Take(char what)
    {
        if (_at < text.Length && text[_at] == what)
        {
            _at++;
            return true;
        }
        return false;
    }

    private ConfigurationException Malformed(string what)
    {
        int upTo = Math.Min(_at, text.Length);
        int line = text.AsSpan(0, upTo).Count('\n') + 1;
        int column = upTo - (upTo == 0 ? -1 : text.LastIndexOf('\n', upTo - 1));
        return new ConfigurationException($"{what} (line {line}, column {column}).");
    }
}
