namespace ActorP2P.Protocol;

/// <summary>
/// When to look up which DNS names: at once if no address is known, otherwise after a while if the known ones have not
/// brought connections, some at a time in random order. Bitcoin Core's values.
/// </summary>
internal sealed class DnsPlan
{
    /// <summary>With fewer connections than these, names are looked up.</summary>
    public const int FewConnections = 2;

    private const int AtATime = 3;
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(11);
    private static readonly TimeSpan s_nextRound = TimeSpan.FromMinutes(5);

    private readonly List<PeerAddress> _names;
    private int _next;
    private TimeSpan _due;

    /// <summary>Makes the plan.</summary>
    /// <param name="names">The names.</param>
    /// <param name="hasAddresses">Whether the node knows addresses already.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <param name="now">The time.</param>
    public DnsPlan(IEnumerable<PeerAddress> names, bool hasAddresses, ulong seed, TimeSpan now)
    {
        _names = [.. names.Distinct()];
        _due = now + (hasAddresses ? s_firstWait : TimeSpan.Zero);
        SplitMix64 random = new(seed);
        for (int i = _names.Count - 1; i > 0; i--)
        {
            int other = (int)Math.BigMul(random.Next(), (ulong)(i + 1), out _);
            (_names[i], _names[other]) = (_names[other], _names[i]);
        }
    }

    /// <summary>Whether there are names.</summary>
    public bool IsEmpty => _names.Count == 0;

    /// <summary>When names may be looked up; null: never.</summary>
    public TimeSpan? NextDue => IsEmpty ? null : _due;

    /// <summary>Takes the names to look up now.</summary>
    /// <param name="outbound">The connections that the node has dialled.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<PeerAddress> Take(int outbound, TimeSpan now)
    {
        if (IsEmpty || now < _due)
        {
            return [];
        }

        if (outbound >= FewConnections)
        {
            _due = now + s_nextRound;
            return [];
        }

        List<PeerAddress> taken = [.. _names.Skip(_next).Take(AtATime)];
        _next += taken.Count;
        _due = now + s_firstWait;
        if (_next == _names.Count)
        {
            _next = 0;
            _due = now + s_nextRound;
        }

        return taken;
    }
}
