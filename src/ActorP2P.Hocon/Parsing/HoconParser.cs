namespace ActorP2P.Hocon;

/// <summary>
/// Reads a text into a tree of values that still contains substitutions. It keeps the open
/// containers on a stack of its own, so that no nesting can exhaust the thread's stack.
/// </summary>
internal sealed partial class HoconParser
{
    private readonly HoconReader _in;
    private readonly HoconLoad _load;
    private readonly List<string> _path;
    private readonly int _prefix;
    private readonly List<HoconContainer> _open = [];
    private int _top = -1;

    /// <param name="source">The text.</param>
    /// <param name="load">The load that it is part of.</param>
    /// <param name="prefix">
    /// The path to the object that includes the text; null when no path leads there because of a list.
    /// </param>
    public HoconParser(HoconSource source, HoconLoad load, IReadOnlyList<string>? prefix)
    {
        _in = new HoconReader(source);
        _load = load;
        _path = [.. prefix ?? []];
        _prefix = prefix?.Count ?? -1;
    }

    private HoconContainer Top => _open[_top];

    /// <summary>Reads a whole text: an object with or without braces, or a list.</summary>
    public HoconElement ParseDocument()
    {
        _in.SkipBlank();
        if (_in.Current == '[')
        {
            Open(null, 1, isBraced: true);
            _in.At++;
            return ParseRoot();
        }
        return ParseObject(new HoconMap(), 1);
    }

    /// <summary>Reads a text that contains an object into an object that may already have values.</summary>
    /// <exception cref="HoconException">The text is malformed, or contains a list.</exception>
    public HoconElement ParseObject(HoconMap into, int depth)
    {
        _in.SkipBlank();
        if (_in.Current == '[')
        {
            throw _in.Error("There is a list here where an object is needed");
        }
        bool isBraced = _in.Current == '{';
        Open(into, depth, isBraced);
        _in.At += isBraced ? 1 : 0;
        return ParseRoot();
    }

    private HoconElement ParseRoot()
    {
        while (true)
        {
            HoconContainer top = Top;
            if (top.InValue)
            {
                ParsePieces(top);
            }
            else if (!ParseElement(top))
            {
                _path.RemoveRange(top.PathLength, _path.Count - top.PathLength);
                HoconElement closed = top.Close();
                if (--_top < 0)
                {
                    return AtEnd(closed);
                }
                Top.Pieces.Add(closed, default, top.Opened);
            }
        }
    }

    private HoconElement AtEnd(HoconElement root)
    {
        _in.SkipBlank();
        return _in.AtEnd ? root : throw _in.Error(_in.Current is '}' or ']'
            ? $"There is no opening counterpart to this {_in.Current}"
            : "Nothing may follow the closing brace or bracket of the whole text");
    }

    private void Open(HoconMap? @object, int depth, bool isBraced)
    {
        if (depth > _load.Options.MaxDepth)
        {
            throw _in.Error($"Objects and lists are nested deeper than {_load.Options.MaxDepth}");
        }
        bool isInList = _top >= 0 ? Top.IsInList || Top.IsAppending : _prefix < 0;
        if (++_top == _open.Count)
        {
            _open.Add(new HoconContainer());
        }
        Top.Open(@object, _in.Here, depth, _path.Count, isInList, isBraced);
    }

    /// <summary>Reads pieces of a value until it ends, or until an object or list opens.</summary>
    private void ParsePieces(HoconContainer top)
    {
        while (true)
        {
            int from = _in.At;
            if (top.Pieces.IsEmpty)
            {
                _in.SkipBlank();
                from = _in.At;
            }
            _in.SkipSpaces();
            if (_in.AtEnd || _in.AtComment || _in.Current is '\n' or ',' or '}' or ']')
            {
                Finish(top);
                return;
            }
            if (_in.Current is '{' or '[')
            {
                Open(_in.Current == '{' ? new HoconMap() : null, top.Depth + (top.IsList ? 1 : top.Key.Length),
                    isBraced: true);
                _in.At++;
                return;
            }
            ReadOnlySpan<char> space = _in.Since(from);
            HoconPosition position = _in.Here;
            top.Pieces.Add(ParseSingle(), space, position);
        }
    }

    private HoconElement ParseSingle()
    {
        char first = _in.Current;
        if (first == '"')
        {
            return _in.ReadQuoted();
        }
        if (first == '$')
        {
            return ParseSubstitution();
        }
        if (HoconCharacters.IsReserved(first))
        {
            throw _in.Error($"A {first} is not allowed here: put the text in quotes");
        }
        return _in.ReadUnquoted();
    }

    private HoconReference ParseSubstitution()
    {
        HoconPosition position = _in.Here;
        _in.At++;
        if (!_in.Take('{'))
        {
            throw position.Error("A $ is not allowed here unless { follows: put the text in quotes");
        }
        if (_prefix < 0)
        {
            throw position.Error(
                "A file that is included within a list cannot have substitutions, since no path leads there");
        }
        bool optional = _in.Take('?');
        string[] path = HoconPathReader.Read(_in);
        _in.SkipSpaces();
        if (!_in.Take('}'))
        {
            throw _in.Error("The path of a substitution ends with }, and has no other substitution in it");
        }
        _load.Budget.Grow(_prefix);
        return new HoconReference([.. _path.Take(_prefix), .. path], _prefix, optional, position);
    }

    private void Finish(HoconContainer top)
    {
        if (top.Pieces.IsEmpty)
        {
            throw _in.Error("A value is missing");
        }
        HoconPosition position = top.Pieces.Position;
        HoconElement value = top.Pieces.Take(_load.Budget);
        top.InValue = false;
        top.HasElement = true;
        if (top.IsList)
        {
            top.Add(value);
            return;
        }
        if (!top.IsInList)
        {
            _load.Options.Assigned?.Invoke(_path, position);
        }
        HoconMap into = top.Object!;
        value = top.IsAppending ? Appending(value, position) : value;
        if (value is HoconExpression expression)
        {
            expression.LooksBack = !top.IsInList && expression.Mentions(_path);
        }
        for (int i = 0; i < top.Key.Length - 1; i++)
        {
            into.Include(value, top.Key.Length - i);
            into = HoconMerge.Child(into, top.Key[i]);
        }
        HoconMerge.Assign(into, top.Key[^1], value);
    }

    /// <summary>The long form of <c>a += b</c>, which is <c>a = ${?a} [b]</c>.</summary>
    private HoconConcatenation Appending(HoconElement value, HoconPosition position)
    {
        _load.Budget.Grow(_path.Count);
        var before = new HoconReference([.. _path], _prefix, optional: true, position);
        return new HoconConcatenation([before, new HoconList([value])], position);
    }
}
