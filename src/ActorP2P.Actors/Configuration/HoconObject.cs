namespace ActorP2P.Actors;

/// <summary>Values by key, in the order in which the keys appeared.</summary>
internal sealed class HoconObject : HoconValue
{
    public Dictionary<string, HoconValue> Values { get; } = [];

    public HoconValue? Find(ReadOnlySpan<string> path)
    {
        HoconValue? at = this;
        foreach (string key in path)
        {
            if (at is not HoconObject inner || !inner.Values.TryGetValue(key, out at))
            {
                return null;
            }
        }
        return at;
    }

    /// <summary>Puts a value at a path; objects are merged, anything else replaces what was there.</summary>
    public void Set(ReadOnlySpan<string> path, HoconValue value)
    {
        if (path.Length > 1)
        {
            if (Values.GetValueOrDefault(path[0]) is not HoconObject inner)
            {
                inner = new HoconObject();
                Values[path[0]] = inner;
            }
            inner.Set(path[1..], value);
            return;
        }
        if (value is HoconObject added && Values.GetValueOrDefault(path[0]) is HoconObject present)
        {
            foreach ((string key, HoconValue item) in added.Values)
            {
                present.Set([key], item);
            }
            return;
        }
        Values[path[0]] = value;
    }

    public HoconObject Copy()
    {
        var copy = new HoconObject();
        foreach ((string key, HoconValue value) in Values)
        {
            copy.Values[key] = value is HoconObject inner ? inner.Copy() : value;
        }
        return copy;
    }
}
