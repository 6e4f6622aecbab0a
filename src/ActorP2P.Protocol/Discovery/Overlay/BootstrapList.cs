namespace ActorP2P.Protocol;

/// <summary>
/// The nodes to begin with, in random order, each with a pause that doubles while too few addresses are known.
/// </summary>
internal sealed class BootstrapList
{
    private const int MostDoubled = 9;

    // The values of dialling: DialSettings.
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);

    private readonly List<Entry> _entries;
    private SplitMix64 _random;

    /// <summary>Makes the list.</summary>
    /// <param name="addresses">The nodes.</param>
    /// <param name="seed">The seed of order and pauses.</param>
    public BootstrapList(IEnumerable<PeerAddress> addresses, ulong seed)
    {
        _random = new SplitMix64(seed);
        _entries = [.. addresses.Distinct().Select(static address => new Entry(address))];
        for (int i = _entries.Count - 1; i > 0; i--)
        {
            int other = (int)(Fraction() * (i + 1));
            (_entries[i], _entries[other]) = (_entries[other], _entries[i]);
        }
    }

    /// <summary>Takes the next node to dial; null when none is due.</summary>
    public PeerAddress? Take(TimeSpan now, Predicate<PeerAddress> isTaken)
    {
        Entry? due = _entries.Find(entry => entry.Due <= now && !isTaken(entry.Address));
        if (due is not null)
        {
            // Full jitter, but not at once again: many nodes may have been started together.
            TimeSpan longest = s_firstPause * Math.Pow(2, due.Asked);
            longest = longest < s_longestPause ? longest : s_longestPause;
            due.Asked = Math.Min(due.Asked + 1, MostDoubled);
            due.Due = now + (longest / 4) + (longest * 3 / 4 * Fraction());

            // The others come first.
            _entries.Remove(due);
            _entries.Add(due);
        }

        return due?.Address;
    }

    /// <summary>Enough addresses are known: the pauses begin anew.</summary>
    public void Rest() => _entries.ForEach(static entry => entry.Asked = 0);

    private double Fraction() => (_random.Next() >> 11) * (1d / (1L << 53));

    private sealed class Entry(PeerAddress address)
    {
        public PeerAddress Address => address;

        public TimeSpan Due { get; set; } = TimeSpan.MinValue;

        public int Asked { get; set; }
    }
}
