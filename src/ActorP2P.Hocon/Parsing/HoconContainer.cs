namespace ActorP2P.Hocon;

/// <summary>An object or list that is being read, and the element of it that is under way.</summary>
internal sealed class HoconContainer
{
    private List<HoconElement> _items = [];

    /// <summary>The object; null for a list.</summary>
    public HoconMap? Object { get; private set; }

    public HoconPieces Pieces { get; } = new();

    /// <summary>The character that opened it, or the place where the text begins when nothing did.</summary>
    public HoconPosition Opened { get; private set; }

    /// <summary>Containers round it and itself, those that its path implies counted in.</summary>
    public int Depth { get; private set; }

    /// <summary>Keys that lead to it from the root.</summary>
    public int PathLength { get; private set; }

    /// <summary>True when a list lies between it and the root: no path leads to it then.</summary>
    public bool IsInList { get; private set; }

    /// <summary>True when it ends with a brace or bracket; else with the text.</summary>
    public bool IsBraced { get; private set; }

    /// <summary>True when what is read next is a value.</summary>
    public bool InValue { get; set; }

    /// <summary>True when a separator must come before the next element.</summary>
    public bool HasElement { get; set; }

    /// <summary>The keys of the field under way.</summary>
    public string[] Key { get; set; } = [];

    /// <summary>True when the field under way was written with <c>+=</c>.</summary>
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

    /// <summary>What was read.</summary>
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
