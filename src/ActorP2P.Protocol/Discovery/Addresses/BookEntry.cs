namespace ActorP2P.Protocol;

/// <summary>
/// An address in the book with what is known of it. Times count from 1970. The <see cref="AddressBook"/> alone changes
/// it.
/// </summary>
/// <param name="address">The address.</param>
/// <param name="source">The group of whoever told it first.</param>
internal sealed class BookEntry(PeerAddress address, string source)
{
    /// <summary>Places in the new table that one address may have. Bitcoin Core's value.</summary>
    public const int MostCopies = 8;

    /// <summary>An address that nobody has confirmed for so long is not passed on. Bitcoin Core's value.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(30);

    /// <summary>A clock may be ahead of the own one by this much. Bitcoin Core's value.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);

    // Bitcoin Core's values: an address that never worked is given up after three attempts, one that has worked after
    // ten attempts and a week.
    private const int MostFirstFailures = 3;
    private const int MostFailures = 10;
    private const int MostCountedFailures = 8;
    private const double ChanceAfterFailure = 0.66;
    private const double ChanceSoon = 0.01;
    private static readonly TimeSpan s_lastsFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_underWay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(30);

    public PeerAddress Address { get; } = address;

    public string Source { get; } = source;

    /// <summary>The network of the address.</summary>
    public string Group { get; } = NetworkGroup.Of(address);

    /// <summary>The record that has the address; null when it came without one.</summary>
    public BookRecord? Record { get; set; }

    /// <summary>When the node was last known to say that it is there.</summary>
    public TimeSpan SeenAt { get; set; }

    /// <summary>When it was last dialled.</summary>
    public TimeSpan? TriedAt { get; set; }

    /// <summary>When a connection to it was last ready.</summary>
    public TimeSpan? WorkedAt { get; set; }

    /// <summary>Attempts that have failed since it last worked.</summary>
    public int Failures { get; set; }

    /// <summary>Its place in the table of tried addresses; -1 when it has none.</summary>
    public int TriedSlot { get; set; } = -1;

    /// <summary>Its places in the table of new addresses.</summary>
    public List<int> NewSlots { get; } = new(1);

    /// <summary>Its index in the list of all entries.</summary>
    public int Index { get; set; }

    /// <summary>Its index in the list of its group.</summary>
    public int IndexInGroup { get; set; }

    /// <summary>Its index in the list of its source.</summary>
    public int IndexInSource { get; set; }

    public bool IsTried => TriedSlot >= 0;

    /// <summary>Whether it is worth no place of its own.</summary>
    public bool IsPoor(TimeSpan now) =>
        !(now - TriedAt < s_underWay)
        && (SeenAt > now + MostAhead
            || now - SeenAt > Horizon
            || (WorkedAt is null && Failures >= MostFirstFailures)
            || (WorkedAt is { } worked && now - worked > s_lastsFor && Failures >= MostFailures));

    /// <summary>The probability to take it when it is drawn.</summary>
    public double Chance(TimeSpan now) => (now - TriedAt < s_soon ? ChanceSoon : 1)
        * Math.Pow(ChanceAfterFailure, Math.Min(Failures, MostCountedFailures));

    /// <summary>Whether enough time has passed since the last attempt.</summary>
    public bool MayTry(TimeSpan now)
    {
        TimeSpan pause = s_firstPause * Math.Pow(2, Math.Clamp(Failures - 1, 0, MostCountedFailures));
        return TriedAt is not { } tried || now < tried || now - tried >= (pause < s_soon ? pause : s_soon);
    }
}
