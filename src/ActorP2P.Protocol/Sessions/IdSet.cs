namespace ActorP2P.Protocol;

/// <summary>A set of message ids that takes no memory before the first: most sessions are quiet.</summary>
internal struct IdSet
{
    private HashSet<ulong>? _ids;

    public readonly int Count => _ids?.Count ?? 0;

    public readonly bool Contains(ulong id) => _ids is not null && _ids.Contains(id);

    public void Add(ulong id) => (_ids ??= []).Add(id);

    public readonly bool Remove(ulong id) => _ids is not null && _ids.Remove(id);

    public void Clear() => _ids = null;
}
