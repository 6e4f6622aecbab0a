namespace ActorP2P.Protocol;

/// <summary>
/// The entries of the book by group. An entry is drawn by its group first, so that a group gets no larger share by
/// having more addresses.
/// </summary>
internal sealed class BookGroups
{
    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal);
    private readonly List<Group> _all = [];
    private readonly List<Group> _tried = [];

    /// <summary>How many groups there are.</summary>
    public int Count => _all.Count;

    /// <summary>How many groups have an address that has worked.</summary>
    public int TriedCount => _tried.Count;

    /// <summary>The addresses that have not worked yet, by source.</summary>
    public BookSources Sources { get; } = new();

    /// <summary>A group of all; an index beyond the last begins again at the first.</summary>
    public Group At(int index) => _all[index % _all.Count];

    /// <summary>A group that has an address that has worked.</summary>
    public Group TriedAt(int index) => _tried[index];

    /// <summary>Whether a group has an address that has worked.</summary>
    public bool IsTried(string group) => _groups.TryGetValue(group, out Group? found) && found.Tried.Count > 0;

    public void Add(BookEntry entry)
    {
        if (!_groups.TryGetValue(entry.Group, out Group? group))
        {
            group = new Group(entry.Group);
            _groups.Add(entry.Group, group);
            group.Index = Append(_all, group);
        }

        List<BookEntry> members = entry.IsTried ? group.Tried : group.Fresh;
        entry.IndexInGroup = members.Count;
        members.Add(entry);
        if (!entry.IsTried)
        {
            Sources.Add(entry);
        }
        else if (members.Count == 1)
        {
            group.TriedIndex = Append(_tried, group);
        }
    }

    /// <summary>Removes an entry. It must still be where it was added.</summary>
    public void Remove(BookEntry entry)
    {
        Group group = _groups[entry.Group];
        List<BookEntry> members = entry.IsTried ? group.Tried : group.Fresh;
        BookEntry last = members[^1];
        members[entry.IndexInGroup] = last;
        last.IndexInGroup = entry.IndexInGroup;
        members.RemoveAt(members.Count - 1);
        if (!entry.IsTried)
        {
            Sources.Remove(entry);
        }
        else if (members.Count == 0)
        {
            Group moved = _tried[^1];
            _tried[group.TriedIndex] = moved;
            moved.TriedIndex = group.TriedIndex;
            _tried.RemoveAt(_tried.Count - 1);
        }

        if (group.Tried.Count + group.Fresh.Count == 0)
        {
            Group moved = _all[^1];
            _all[group.Index] = moved;
            moved.Index = group.Index;
            _all.RemoveAt(_all.Count - 1);
            _groups.Remove(group.Name);
        }
    }

    private static int Append(List<Group> groups, Group group)
    {
        groups.Add(group);
        return groups.Count - 1;
    }

    /// <summary>The addresses of one network.</summary>
    internal sealed class Group(string name)
    {
        public string Name => name;

        /// <summary>Addresses that have worked.</summary>
        public List<BookEntry> Tried { get; } = [];

        /// <summary>Addresses that have not worked yet.</summary>
        public List<BookEntry> Fresh { get; } = [];

        public int Index { get; set; }

        public int TriedIndex { get; set; }
    }
}
