namespace ActorP2P.Protocol;

/// <summary>
/// The addresses that a node knows, as Bitcoin Core keeps them: a table of new addresses and one of tried addresses,
/// which have worked. A secret decides which places an address may have, so that nobody can choose addresses that push
/// others out, and the places of a group are limited: a source fills at most a sixteenth of the new table, and a group
/// at most a thirty-second of the tried one. Times count from 1970. An operation costs the same at any size, but for
/// <see cref="Sample"/> and a <see cref="Select"/> that finds nothing at first, which may look at each entry once.
/// </summary>
internal sealed partial class AddressBook
{
    /// <summary>Buckets of the new table: a quarter of Bitcoin Core's.</summary>
    public const int NewBuckets = 256;

    /// <summary>Buckets of the tried table: a quarter of Bitcoin Core's.</summary>
    public const int TriedBuckets = 64;

    /// <summary>Places in a bucket. Bitcoin Core's value.</summary>
    public const int BucketSize = 64;

    /// <summary>The most addresses: 20,480.</summary>
    public const int Capacity = (NewBuckets + TriedBuckets) * BucketSize;

    // The same shares of the tables as in Bitcoin Core: 64 of 1,024 and 8 of 256 buckets.
    private const int NewBucketsOfSource = NewBuckets / 16;
    private const int TriedBucketsOfGroup = TriedBuckets / 32;

    private readonly BookHash _hash;
    private readonly BookEntry?[] _new = new BookEntry?[NewBuckets * BucketSize];
    private readonly BookEntry?[] _tried = new BookEntry?[TriedBuckets * BucketSize];
    private readonly Dictionary<PeerAddress, BookEntry> _entries = [];
    private readonly List<BookEntry> _all = [];
    private readonly BookGroups _groups = new();
    private readonly Dictionary<NodeId, BookRecord> _records = [];
    private SplitMix64 _random;

    /// <summary>Makes an empty book.</summary>
    /// <param name="secret">The secret, <see cref="BookHash.SecretSize"/> bytes.</param>
    /// <param name="seed">The seed of its draws.</param>
    public AddressBook(ReadOnlySpan<byte> secret, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, BookHash.SecretSize);
        _hash = new BookHash(secret.ToArray());
        _random = new SplitMix64(seed);
    }

    /// <summary>Addresses in the book.</summary>
    public int Count => _all.Count;

    /// <summary>Addresses that have worked.</summary>
    public int TriedCount { get; private set; }

    /// <summary>Networks that the addresses belong to.</summary>
    public int Groups => _groups.Count;

    /// <summary>What places the addresses.</summary>
    public BookHash Hash => _hash;

    /// <summary>All entries, in no order that means anything.</summary>
    public IReadOnlyList<BookEntry> Entries => _all;

    /// <summary>The nodes whose records are in the book.</summary>
    public int Records => _records.Count;

    /// <summary>The entry of an address; null when the book does not have it.</summary>
    public BookEntry? Find(PeerAddress address) => _entries.GetValueOrDefault(address);

    /// <summary>The newest record of a node; null when the book has none.</summary>
    public BookRecord? RecordOf(NodeId id) => _records.GetValueOrDefault(id);

    /// <summary>Adds an address, or notes that somebody has told it again.</summary>
    /// <param name="address">The address. Names have no place.</param>
    /// <param name="source">The group of whoever has told it.</param>
    /// <param name="seenAt">When the node was known to be there.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is new in the book.</returns>
    public bool Add(PeerAddress address, string source, TimeSpan seenAt, TimeSpan now)
    {
        if (NetworkGroup.KindOf(address) == AddressKind.Name)
        {
            return false;
        }

        bool isNew = !_entries.TryGetValue(address, out BookEntry? entry);
        entry ??= new BookEntry(address, source);
        entry.SeenAt = seenAt > entry.SeenAt ? seenAt : entry.SeenAt;
        return (isNew || MayCopy(entry)) && TryPlace(entry, source, now) && isNew;
    }

    /// <summary>
    /// Takes the place of a node's older record. Addresses that the new one lacks are removed: the node says that it is
    /// no longer there.
    /// </summary>
    /// <param name="record">The record, which must be newer. Its addresses that are in the book become its own.</param>
    /// <param name="addresses">Its addresses.</param>
    public void SetRecord(BookRecord record, IReadOnlyList<PeerAddress> addresses)
    {
        if (_records.Remove(record.Id, out BookRecord? old))
        {
            foreach (BookEntry entry in old.Entries.ToArray())
            {
                entry.Record = null;
                if (!addresses.Contains(entry.Address))
                {
                    Remove(entry);
                }
            }
        }

        foreach (PeerAddress address in addresses)
        {
            if (_entries.TryGetValue(address, out BookEntry? entry))
            {
                entry.Record = record;
                record.Entries.Add(entry);
            }
        }

        if (record.Entries.Count > 0)
        {
            _records[record.Id] = record;
        }
    }

    /// <summary>Puts an address back that was saved; its place may be taken by another one meanwhile.</summary>
    /// <param name="entry">The address.</param>
    /// <param name="isTried">Whether it was one of the tried addresses.</param>
    /// <param name="now">The time.</param>
    public void Restore(BookEntry entry, bool isTried, TimeSpan now)
    {
        if (NetworkGroup.KindOf(entry.Address) == AddressKind.Name || _entries.ContainsKey(entry.Address))
        {
            return;
        }

        int slot = TriedSlotOf(entry);
        if (!isTried || _tried[slot] is not null)
        {
            TryPlace(entry, entry.Source, now);
            return;
        }

        _tried[slot] = entry;
        entry.TriedSlot = slot;
        TriedCount++;
        Enter(entry);
    }

    /// <summary>Removes an address.</summary>
    public void Remove(PeerAddress address)
    {
        if (_entries.TryGetValue(address, out BookEntry? entry))
        {
            Remove(entry);
        }
    }

    /// <summary>A number below a bound, drawn by the book.</summary>
    public int Draw(int bound) => (int)Math.BigMul(_random.Next(), (ulong)bound, out _);

    private double DrawFraction() => (_random.Next() >> 11) * (1d / (1L << 53));

    // With each place that an address has, a further one becomes half as likely.
    private bool MayCopy(BookEntry entry) => !entry.IsTried && entry.NewSlots.Count < BookEntry.MostCopies
        && Draw(1 << entry.NewSlots.Count) == 0;

    private bool TryPlace(BookEntry entry, string source, TimeSpan now)
    {
        int slot = NewSlotOf(entry, source);
        BookEntry? there = _new[slot];
        if (there == entry)
        {
            return false;
        }

        bool mayReplace = there is null || there.IsPoor(now)
            || (there.NewSlots.Count > 1 && entry.NewSlots.Count == 0);
        if (mayReplace)
        {
            Put(entry, slot);
        }

        return mayReplace;
    }

    private void Put(BookEntry entry, int slot)
    {
        ClearNew(slot);
        _new[slot] = entry;
        entry.NewSlots.Add(slot);
        if (entry.NewSlots.Count == 1)
        {
            Enter(entry);
        }
    }

    private void Enter(BookEntry entry)
    {
        if (_entries.TryAdd(entry.Address, entry))
        {
            entry.Index = _all.Count;
            _all.Add(entry);
        }

        _groups.Add(entry);
    }

    private void ClearNew(int slot)
    {
        if (_new[slot] is { } there)
        {
            _new[slot] = null;
            if (there.NewSlots.Count == 1)
            {
                Remove(there);
            }
            else
            {
                there.NewSlots.Remove(slot);
            }
        }
    }

    private void Remove(BookEntry entry)
    {
        _groups.Remove(entry);
        entry.NewSlots.ForEach(slot => _new[slot] = null);
        entry.NewSlots.Clear();
        if (entry.IsTried)
        {
            _tried[entry.TriedSlot] = null;
            entry.TriedSlot = -1;
            TriedCount--;
        }

        _entries.Remove(entry.Address);
        BookEntry last = _all[^1];
        _all[entry.Index] = last;
        last.Index = entry.Index;
        _all.RemoveAt(_all.Count - 1);
        if (entry.Record is { } record)
        {
            entry.Record = null;
            record.Entries.Remove(entry);
            if (record.Entries.Count == 0 && _records.GetValueOrDefault(record.Id) == record)
            {
                _records.Remove(record.Id);
            }
        }
    }

    private int NewSlotOf(BookEntry entry, string source)
    {
        ulong choice = _hash.Of((byte)'g', entry.Group, source, 0) % NewBucketsOfSource;
        int bucket = (int)(_hash.Of((byte)'n', source, "", choice) % NewBuckets);
        return (bucket * BucketSize) + (int)(_hash.Of((byte)'p', Text(entry), "new", (ulong)bucket) % BucketSize);
    }

    private int TriedSlotOf(BookEntry entry)
    {
        ulong choice = _hash.Of((byte)'a', Text(entry), "", 0) % TriedBucketsOfGroup;
        int bucket = (int)(_hash.Of((byte)'t', entry.Group, "", choice) % TriedBuckets);
        return (bucket * BucketSize) + (int)(_hash.Of((byte)'p', Text(entry), "tried", (ulong)bucket) % BucketSize);
    }

    private static string Text(BookEntry entry) => entry.Address.ToString();
}
