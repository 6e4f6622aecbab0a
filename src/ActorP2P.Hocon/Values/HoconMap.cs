namespace ActorP2P.Hocon;

/// <summary>Values by key, in the order in which the keys appeared.</summary>
internal sealed class HoconMap : HoconElement
{
    // For up to eight keys a scan of the array is faster than a hash, and most objects of a configuration have fewer.
    private const int UnindexedFields = 8;

    private Field[] _fields = [];
    private Dictionary<string, int>? _index;
    private bool _resolved = true;
    private int _height = 1;

    private struct Field
    {
        public required string Key;
        public required HoconElement Value;
    }

    public int Count { get; private set; }

    /// <summary>The resolved object; it is resolved once.</summary>
    public HoconMap? Final { get; set; }

    /// <summary>
    /// Whether it is being resolved. Asking for the whole of it meanwhile means that there is a cycle.
    /// </summary>
    public bool IsBusy { get; set; }

    internal override bool IsResolved => _resolved;

    internal override int Height => _height;

    internal override string Kind => "an object";

    public string KeyAt(int index) => _fields[index].Key;

    public HoconElement ValueAt(int index) => _fields[index].Value;

    public HoconElement? Get(string key)
    {
        int at = IndexOf(key);
        return at < 0 ? null : _fields[at].Value;
    }

    /// <summary>The value at a path of keys; null when it is missing or a part of the path is not an object.</summary>
    public HoconElement? Find(ReadOnlySpan<string> path)
    {
        HoconElement? at = this;
        foreach (string key in path)
        {
            at = (at as HoconMap)?.Get(key);
        }
        return at;
    }

    /// <summary>Sets a value and replaces an earlier one.</summary>
    public void Set(string key, HoconElement value)
    {
        Include(value, 1);
        int at = IndexOf(key);
        if (at >= 0)
        {
            _fields[at].Value = value;
            return;
        }
        if (Count == _fields.Length)
        {
            Array.Resize(ref _fields, Math.Max(4, Count * 2));
        }
        _fields[Count] = new Field { Key = key, Value = value };
        Index(key);
        Count++;
    }

    /// <summary>Accounts for a value that is added a number of levels below, without adding it.</summary>
    public void Include(HoconElement value, int levels)
    {
        _resolved &= value.IsResolved;
        _height = Math.Max(_height, value.Height + levels);
    }

    /// <summary>The items of an object with numbers as keys, ordered by number; null when no key is a number.</summary>
    public HoconList? AsList()
    {
        var numbered = new List<(int Number, HoconElement Value)>();
        for (int i = 0; i < Count; i++)
        {
            string key = _fields[i].Key;
            if (key.Length > 0 && key.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
                && int.TryParse(key, out int number))
            {
                numbered.Add((number, _fields[i].Value));
            }
        }
        // The order is stable even if two keys are the same number, such as 1 and 01.
        return numbered.Count == 0
            ? null
            : new HoconList([.. numbered.OrderBy(item => item.Number).Select(item => item.Value)]);
    }

    private int IndexOf(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out int at) ? at : -1;
        }
        for (int i = 0; i < Count; i++)
        {
            if (string.Equals(_fields[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }

    private void Index(string key)
    {
        if (_index is not null)
        {
            _index.Add(key, Count);
        }
        else if (Count == UnindexedFields)
        {
            _index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i <= Count; i++)
            {
                _index.Add(_fields[i].Key, i);
            }
        }
    }
}
