namespace ActorP2P.Hocon;

/// <summary>The pieces of one value, as they are read; most values have a single one.</summary>
internal sealed class HoconPieces
{
    private HoconElement? _first;
    private List<HoconElement>? _all;
    private bool _lastIsSingle;

    public bool IsEmpty => _first is null;

    /// <summary>The position of the first piece.</summary>
    public HoconPosition Position { get; private set; }

    /// <summary>Adds a piece, and the space before it if it matters: between single values and substitutions.</summary>
    public void Add(HoconElement piece, ReadOnlySpan<char> space, HoconPosition position)
    {
        bool isSingle = piece is HoconText or HoconReference;
        if (_first is null)
        {
            _first = piece;
            Position = position;
        }
        else
        {
            _all ??= [_first];
            if (isSingle && _lastIsSingle && space.Length > 0)
            {
                _all.Add(space is " " ? HoconText.OneSpace : new HoconText(space.ToString(), HoconTextKind.Space));
            }
            _all.Add(piece);
        }
        _lastIsSingle = isSingle;
    }

    /// <summary>Combines all pieces into the value. The next value starts with no pieces.</summary>
    public HoconElement Take(HoconBudget budget)
    {
        HoconElement value = _all switch
        {
            null => _first!,
            _ when _all.Exists(piece => piece is HoconReference) => new HoconConcatenation(_all, Position),
            _ => HoconConcatenation.Join(_all, fresh: true, Position, budget)!,
        };
        _first = null;
        _all = null;
        return value;
    }
}
