namespace ActorP2P.Protocol;

/// <summary>
/// The addresses that have not worked yet, by who told them first. An address to test is drawn by its source first, so
/// that a source gets no more tests by telling more addresses.
/// </summary>
internal sealed class BookSources
{
    private readonly Dictionary<string, Source> _sources = new(StringComparer.Ordinal);
    private readonly List<Source> _all = [];

    /// <summary>How many sources there are.</summary>
    public int Count => _all.Count;

    /// <summary>The addresses of a source.</summary>
    public IReadOnlyList<BookEntry> At(int index) => _all[index].Entries;

    public void Add(BookEntry entry)
    {
        if (!_sources.TryGetValue(entry.Source, out Source? source))
        {
            source = new Source(_all.Count);
            _sources.Add(entry.Source, source);
            _all.Add(source);
        }

        entry.IndexInSource = source.Entries.Count;
        source.Entries.Add(entry);
    }

    public void Remove(BookEntry entry)
    {
        Source source = _sources[entry.Source];
        BookEntry last = source.Entries[^1];
        source.Entries[entry.IndexInSource] = last;
        last.IndexInSource = entry.IndexInSource;
        source.Entries.RemoveAt(source.Entries.Count - 1);
        if (source.Entries.Count == 0)
        {
            Source moved = _all[^1];
            _all[source.Index] = moved;
            moved.Index = source.Index;
            _all.RemoveAt(_all.Count - 1);
            _sources.Remove(entry.Source);
        }
    }

    private sealed class Source(int index)
    {
        public int Index { get; set; } = index;

        public List<BookEntry> Entries { get; } = [];
    }
}
