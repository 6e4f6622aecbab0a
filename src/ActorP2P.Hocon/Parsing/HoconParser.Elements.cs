namespace ActorP2P.Hocon;

/// <summary>The elements of objects and lists: separators, keys and includes.</summary>
internal sealed partial class HoconParser
{
    /// <summary>Reads up to the next value of the object or list.</summary>
    /// <returns>False when there is none and the object or list is closed.</returns>
    private bool ParseElement(HoconContainer top)
    {
        Separate(top);
        if (_in.AtEnd)
        {
            return top.IsBraced
                ? throw top.Opened.Error($"The closing {(top.IsList ? ']' : '}')} for this opening one is missing")
                : false;
        }
        if (_in.Current is '}' or ']')
        {
            return Closes(top);
        }
        top.InValue = true;
        if (!top.IsList)
        {
            _path.RemoveRange(top.PathLength, _path.Count - top.PathLength);
            ParseKey(top);
        }
        return true;
    }

    private bool Closes(HoconContainer top)
    {
        if (!top.IsBraced || top.IsList != (_in.Current == ']'))
        {
            throw _in.Error(top.IsBraced
                ? $"A {(top.IsList ? ']' : '}')} is needed here, to close what was opened "
                    + $"{top.Opened.Source.Describe(top.Opened.Offset)}"
                : $"There is no opening counterpart to this {_in.Current}");
        }
        _in.At++;
        return false;
    }

    /// <summary>Skips the separator of elements: one comma or a newline.</summary>
    private void Separate(HoconContainer top)
    {
        bool newline = _in.SkipBlank();
        bool comma = top.HasElement && _in.Take(',');
        if (comma)
        {
            _in.SkipBlank();
        }
        if (_in.Current == ',' && !_in.AtEnd)
        {
            throw _in.Error(comma ? "One comma is enough" : "A comma may only follow an element");
        }
        if (top.HasElement && !newline && !comma && !_in.AtEnd && _in.Current is not ('}' or ']'))
        {
            throw _in.Error("A comma or a new line is needed before this");
        }
        top.HasElement = false;
    }

    private void ParseKey(HoconContainer top)
    {
        int from = _in.At;
        if (_in.Ahead("include") && ParseInclude(top))
        {
            top.InValue = false;
            top.HasElement = true;
            return;
        }
        _in.At = from;
        top.Key = HoconPathReader.Read(_in);
        if (top.Depth + top.Key.Length - 1 > _load.Options.MaxDepth)
        {
            throw _in.Error($"Objects and lists are nested deeper than {_load.Options.MaxDepth}");
        }
        _path.AddRange(top.Key);
        _in.SkipBlank();
        top.IsAppending = _in.Ahead("+=");
        if (top.IsAppending)
        {
            if (top.IsInList)
            {
                throw _in.Error("+= is not allowed within a list, since no path leads to what it would append to");
            }
            _in.At += 2;
        }
        else if (!_in.Take('=') && !_in.Take(':') && _in.Current != '{')
        {
            throw _in.Error($"After the key {HoconPath.Render(top.Key)} comes = or : or += or {{");
        }
    }

    /// <summary>Reads an <c>include</c> statement into the object.</summary>
    /// <returns>False when the word is only the beginning of a longer one.</returns>
    private bool ParseInclude(HoconContainer top)
    {
        HoconPosition position = _in.Here;
        int from = _in.At;
        _in.SkipUnquoted();
        if (_in.Since(from) is not "include")
        {
            return false;
        }
        _in.SkipBlank();
        bool required = TakeOpening("required");
        bool file = TakeOpening("file");
        foreach (string kind in (string[])["url", "classpath", "package"])
        {
            if (_in.Ahead(kind + "("))
            {
                throw _in.Error($"include {kind}(...) is not supported: only files can be included");
            }
        }
        if (_in.Current != '"')
        {
            throw _in.Error(
                "After include comes a quoted file name, file(\"...\") or required(...); a key of that "
                + "name needs quotes");
        }
        string name = _in.ReadQuoted().Text;
        for (int close = (required ? 1 : 0) + (file ? 1 : 0); close > 0; close--)
        {
            _in.SkipBlank();
            if (!_in.Take(')'))
            {
                throw _in.Error("A closing parenthesis is needed here");
            }
        }
        _load.Include(name, required, position, top.Object!, top.Depth, top.IsInList ? null : _path);
        return true;
    }

    private bool TakeOpening(string word)
    {
        if (!_in.Ahead(word + "("))
        {
            return false;
        }
        _in.At += word.Length + 1;
        _in.SkipBlank();
        return true;
    }
}
