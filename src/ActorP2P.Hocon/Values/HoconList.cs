namespace ActorP2P.Hocon;

/// <summary>
/// Values in order. A list made by appending to another shares its storage, so that <c>+=</c> repeated n
/// times takes n steps. The storage only grows at its end, and each list sees only its own part.
/// </summary>
internal sealed class HoconList : HoconElement
{
    private readonly List<HoconElement> _storage;
    private readonly bool _resolved = true;
    private readonly int _height = 1;

    public HoconList(List<HoconElement> items)
    {
        _storage = items;
        Count = items.Count;
        foreach (HoconElement item in items)
        {
            _resolved &= item.IsResolved;
            _height = Math.Max(_height, item.Height + 1);
        }
    }

    private HoconList(List<HoconElement> storage, bool resolved, int height)
    {
        _storage = storage;
        Count = storage.Count;
        _resolved = resolved;
        _height = height;
    }

    public int Count { get; }

    public HoconElement this[int index] => _storage[index];

    public IEnumerable<HoconElement> Items => _storage.Take(Count);

    /// <summary>The resolved list; it is resolved once.</summary>
    public HoconList? Final { get; set; }

    /// <summary>Whether it is being resolved. Asking for it meanwhile means that there is a cycle.</summary>
    public bool IsBusy { get; set; }

    internal override bool IsResolved => _resolved;

    internal override int Height => _height;

    internal override string Kind => "a list";

    /// <summary>This list followed by another one.</summary>
    public HoconList Append(HoconList other, HoconBudget budget)
    {
        bool atEnd = _storage.Count == Count && !ReferenceEquals(_storage, other._storage);
        budget.Grow(atEnd ? other.Count : Count + other.Count);
        List<HoconElement> storage = atEnd ? _storage : [.. Items];
        for (int i = 0; i < other.Count; i++)
        {
            storage.Add(other[i]);
        }
        return new HoconList(storage, _resolved & other._resolved, Math.Max(_height, other._height));
    }
}
