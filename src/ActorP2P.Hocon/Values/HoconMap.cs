namespace ActorP2P.Hocon;

/// <summary>Values by key, in the order in which the keys appeared.</summary>
internal sealed class HoconMap : HoconElement
{
    // Up to eight keys a walk along the array is faster than a hash, and most objects of a configuration have fewer.
    private const int UnindexedFields = 8;

    private (string Key, HoconElement Value)[] _fields = [];
    private Dictionary<string, int>? _index;
    private bool _resolved = true;
    private int _height = 1;

    public int Count { get; private set; }

    /// <summary>What resolving it gave; it is done once.</summary>
    public HoconMap? Final { get; set; }

    /// <summary>True while it is being resolved: who comes back to the whole of it then has found a cycle.</summary>
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

    /// <summary>The value at a path of keys, when objects alone lie on the way.</summary>
    public HoconElement? Find(ReadOnlySpan<string> path)
    {
        HoconElement? at = this;
        foreach (string key in path)
        {
            at = (at as HoconMap)?.Get(key);
        }
        return at;
    }

    /// <summary>Sets a value, whatever was there.</summary>
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
        _fields[Count] = (key, value);
        Index(key);
        Count++;
    }

    /// <summary>Takes note of a value that goes in this many levels below, without putting it there.</summary>
    public void Include(HoconElement value, int levels)
    {
        _resolved &= value.IsResolved;
        _height = Math.Max(_height, value.Height + levels);
    }

    /// <summary>The items that an object with numbers as keys stands for, by number; null when no key is a number.</summary>
    public HoconList? AsList()
    {
        var numbered = new List<(int Number, HoconElement Value)>();
        for (int i = 0; i < Count; i++)
        {
            (string key, HoconElement value) = _fields[i];
            if (key.Length > 0 && key.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && int.TryParse(key, out int number))
            {
                numbered.Add((number, value));
            }
        }
        // A stable order, also where two keys are the same number, such as 1 and 01.
        return numbered.Count == 0 ? null : new HoconList([.. numbered.OrderBy(item => item.Number).Select(item => item.Value)]);
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
