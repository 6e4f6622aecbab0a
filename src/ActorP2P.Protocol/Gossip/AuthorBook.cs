namespace ActorP2P.Protocol;

/// <summary>
/// The sequence numbers that authors of signed broadcasts have reached, so that an old broadcast that somebody sends
/// again is not taken for a new one after its id has been forgotten. A number is old when a number at least as high was
/// met half the lifetime of an id ago or more; whatever is younger, the ids tell apart. A broadcast that took another
/// way and is overtaken by later ones of its author is thus still taken.
/// </summary>
/// <param name="lifetime">How long ids are remembered.</param>
/// <param name="capacity">Authors remembered; beyond that, those that were met longest ago are forgotten.</param>
internal sealed class AuthorBook(TimeSpan lifetime, int capacity = AuthorBook.DefaultCapacity)
{
    /// <summary>Authors remembered, of about 150 bytes each.</summary>
    public const int DefaultCapacity = 4096;

    private readonly Dictionary<NodeId, LinkedListNode<Entry>> _entries = [];

    // The author met last is the first.
    private readonly LinkedList<Entry> _order = new();

    /// <summary>Authors remembered now.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether a broadcast was signed before others that were met long ago.</summary>
    public bool IsOld(TimeSpan now, NodeId author, ulong sequence) =>
        _entries.TryGetValue(author, out LinkedListNode<Entry>? node)
        && Aged(node.Value, now).Floor is { } floor && sequence <= floor;

    /// <summary>A broadcast whose signature is right was met.</summary>
    public void Note(TimeSpan now, NodeId author, ulong sequence)
    {
        if (_entries.Remove(author, out LinkedListNode<Entry>? node))
        {
            _order.Remove(node);
        }
        else if (_entries.Count == capacity)
        {
            _entries.Remove(_order.Last!.Value.Author);
            _order.RemoveLast();
        }

        Entry entry = node is null ? new Entry(author, sequence, null, null, now) : Aged(node.Value, now);
        entry = entry with { Highest = Math.Max(entry.Highest, sequence) };
        _entries.Add(author, _order.AddFirst(entry));
    }

    // Every half lifetime the highest number becomes the mark, and the mark before it the floor. The floor is thus a
    // number that was met at least half a lifetime ago, and every number met a whole lifetime ago is below it.
    private Entry Aged(Entry entry, TimeSpan now)
    {
        TimeSpan half = lifetime / 2;
        TimeSpan passed = now - entry.MarkedAt;
        return passed < half ? entry
            : passed < lifetime
                ? entry with { Floor = entry.Mark, Mark = entry.Highest, MarkedAt = entry.MarkedAt + half }
                : entry with { Floor = entry.Highest, Mark = entry.Highest, MarkedAt = now };
    }

    private sealed record Entry(NodeId Author, ulong Highest, ulong? Mark, ulong? Floor, TimeSpan MarkedAt);
}
