namespace ActorP2P.Hocon;

/// <summary>
/// Values in order. A list made by appending to another shares its storage, so that n times <c>+=</c> costs n steps: the
/// storage only ever grows at its end, and each list sees its own part alone.
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

    /// <summary>What resolving it gave; it is done once.</summary>
    public HoconList? Final { get; set; }

    /// <summary>True while it is being resolved: who comes back to it then has found a cycle.</summary>
    public bool IsBusy { get; set; }

    internal override bool IsResolved => _resolved;

    internal override int Height => _height;

    internal override string Kind => "a list";

    /// <summary>This list and then the other one.</summary>
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
