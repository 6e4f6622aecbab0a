namespace ActorP2P.Hocon;

/// <summary>An object or list that is being read, and its current element.</summary>
internal sealed class HoconContainer
{
    private List<HoconElement> _items = [];

    /// <summary>The object; null for a list.</summary>
    public HoconMap? Object { get; private set; }

    public HoconPieces Pieces { get; } = new();

    /// <summary>The position of the character that opened it, or the start of the text.</summary>
    public HoconPosition Opened { get; private set; }

    /// <summary>Its depth: itself and the containers around it, including those that its path implies.</summary>
    public int Depth { get; private set; }

    /// <summary>The number of keys from the root to it.</summary>
    public int PathLength { get; private set; }

    /// <summary>Whether a list is between it and the root, so that no path leads to it.</summary>
    public bool IsInList { get; private set; }

    /// <summary>Whether it ends with a brace or bracket; otherwise it ends with the text.</summary>
    public bool IsBraced { get; private set; }

    /// <summary>Whether a value is read next.</summary>
    public bool InValue { get; set; }

    /// <summary>Whether a separator must precede the next element.</summary>
    public bool HasElement { get; set; }

    /// <summary>The keys of the current field.</summary>
    public string[] Key { get; set; } = [];

    /// <summary>Whether the current field was written with <c>+=</c>.</summary>
    public bool IsAppending { get; set; }

    public bool IsList => Object is null;

    public void Open(HoconMap? @object, HoconPosition opened, int depth, int pathLength, bool isInList, bool isBraced)
    {
        Object = @object;
        Opened = opened;
        Depth = depth;
        PathLength = pathLength;
        IsInList = isInList || @object is null;
        IsBraced = isBraced;
        InValue = false;
        HasElement = false;
        IsAppending = false;
    }

    public void Add(HoconElement item) => _items.Add(item);

    /// <summary>The object or list that was read.</summary>
    public HoconElement Close()
    {
        if (Object is not null)
        {
            return Object;
        }
        var list = new HoconList(_items);
        _items = [];
        return list;
    }
}
