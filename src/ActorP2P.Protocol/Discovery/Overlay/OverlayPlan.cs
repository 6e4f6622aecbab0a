namespace ActorP2P.Protocol;

/// <summary>
/// Decides whom a node dials so that it has its connections over different networks: anchors first, then the book, then
/// DNS names, then the nodes of the settings; feelers, which find out which addresses work; and from time to time
/// another peer in the place of one. It proposes: who is admitted, others decide.
/// </summary>
internal sealed class OverlayPlan
{
    /// <summary>Peers that are dialled first after a restart. Bitcoin Core's value.</summary>
    public const int MostAnchors = 2;

    // Bitcoin Core: eight connections are found about as fast one after the other, but dead addresses take 5 s each.
    private const int MostDials = 4;

    // Bitcoin Core's values.
    private static readonly TimeSpan s_listAfter = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_feelerEvery = TimeSpan.FromMinutes(2);

    // A node that serves addresses is of more use the more of them it has tested.
    private static readonly TimeSpan s_feelerOfDiscoveryEvery = TimeSpan.FromSeconds(10);

    // Slow, so that connections last; half of them are others after some hours.
    private static readonly TimeSpan s_swapEvery = TimeSpan.FromHours(1);

    // Time for a hello, a question and its answer, several times over.
    private static readonly TimeSpan s_shortConnection = TimeSpan.FromSeconds(30);

    // As often as a peer answers again.
    private static readonly TimeSpan s_askAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(500);

    private readonly OverlaySettings _settings;
    private readonly AddressBook _book;
    private readonly BootstrapList _bootstrap;
    private readonly DnsPlan _dns;
    private readonly Queue<PeerAddress> _anchors;
    private readonly SortedDictionary<long, OverlayLink> _links = [];
    private readonly List<DialOrder> _dials = [];
    private readonly Queue<long> _closing = new();
    private readonly DialPace _pace = new();
    private readonly bool _beginsWithList;
    private SplitMix64 _random;
    private TimeSpan _shortSince;
    private TimeSpan _feelerDue;
    private TimeSpan _swapDue;
    private TimeSpan _questionDue;
    private IReadOnlyList<PeerAddress> _lasting;

    /// <summary>Makes the plan of a node without connections.</summary>
    /// <param name="settings">What it has to reach.</param>
    /// <param name="book">The addresses.</param>
    /// <param name="anchors">The addresses of peers that lasted before the node was started again.</param>
    /// <param name="seed">The seed of its draws.</param>
    /// <param name="now">The time.</param>
    public OverlayPlan(
        OverlaySettings settings, AddressBook book, IReadOnlyList<PeerAddress> anchors, ulong seed, TimeSpan now)
    {
        _settings = settings;
        _book = book;
        _random = new SplitMix64(seed);
        _bootstrap = new BootstrapList(settings.Bootstrap, _random.Next());
        _dns = new DnsPlan(settings.DnsNames, book.Count > 0, _random.Next(), now);
        _anchors = new Queue<PeerAddress>(anchors);
        _lasting = anchors;
        _beginsWithList = book.Count == 0 && anchors.Count == 0 && _dns.IsEmpty;
        _shortSince = now;
        _feelerDue = now + DrawWait(FeelerEvery);
        _swapDue = now + DrawWait(s_swapEvery);
        _questionDue = now + s_askAgain;
    }

    /// <summary>The connections that count for the target.</summary>
    public int Outbound => _links.Values.Count(static link => link.Counts);

    /// <summary>The connections that the node wants to dial and keep.</summary>
    public int Target => _settings.Role == NodeRole.Discovery ? 0 : _settings.Target;

    /// <summary>All connections.</summary>
    public IReadOnlyCollection<OverlayLink> Links => _links.Values;

    /// <summary>The dials under way.</summary>
    public IReadOnlyList<DialOrder> Dials => _dials;

    /// <summary>
    /// The peers that have lasted longest among those that were dialled; the ones of before as long as there are none.
    /// </summary>
    public IReadOnlyList<PeerAddress> Anchors
    {
        get
        {
            PeerAddress[] lasting = [.. _links.Values.Where(static link => link is { Counts: true, Purpose: not null })
                .OrderBy(static link => link.Since).Take(MostAnchors).Select(static link => link.Address)];
            return lasting.Length > 0 ? _lasting = lasting : _lasting;
        }
    }

    private TimeSpan FeelerEvery =>
        _settings.Role == NodeRole.Discovery ? s_feelerOfDiscoveryEvery : s_feelerEvery;

    private int Missing => Target - Outbound
        - _dials.Count(static dial => dial.Purpose is DialPurpose.Regular or DialPurpose.Anchor);

    /// <summary>
    /// When to ask again what to do, if nothing happens before. It is soon as long as connections are missing.
    /// </summary>
    public TimeSpan NextDue(TimeSpan now)
    {
        TimeSpan due = Missing > 0 ? now + s_lookAgain : Earlier(_feelerDue, _swapDue);
        due = _dns.NextDue is { } dns ? Earlier(due, dns) : due;
        return _settings.Role == NodeRole.Discovery && _links.Count > 0
            ? Earlier(due, now + (s_shortConnection / 10))
            : due;
    }

    /// <summary>The next address to dial; null: none now. The outcome must be reported.</summary>
    /// <param name="now">The time.</param>
    /// <param name="today">The time since 1970.</param>
    public DialOrder? NextDial(TimeSpan now, TimeSpan today)
    {
        DialOrder? order = _dials.Count >= MostDials || !_pace.MayDial(now) ? null
            : Missing > 0 ? Fill(now, today)
            : Refresh(now, today);
        if (order is not null)
        {
            _pace.Begin(now);
            _dials.Add(order);
            _book.Attempted(order.Address, today);
        }

        return order;
    }

    /// <summary>The DNS names to look up now.</summary>
    public IReadOnlyList<PeerAddress> NextLookups(TimeSpan now) => Target == 0 ? [] : _dns.Take(Outbound, now);

    /// <summary>
    /// A connection whose peer is asked for addresses because connections are missing: first each one that the program
    /// itself has dialled, later any one, once more, if no address is left to dial; null: none now.
    /// </summary>
    public long? NextQuestion(TimeSpan now)
    {
        if (Missing > 0 && _links.Values.FirstOrDefault(IsUnasked) is { } unasked)
        {
            unasked.IsAsked = true;
            return unasked.Number;
        }

        if (Missing <= 0 || _dials.Count > 0 || _links.Count == 0 || now < _questionDue)
        {
            return null;
        }

        _questionDue = now + s_askAgain;
        return _links.Keys.ElementAt((int)(Fraction() * _links.Count));
    }

    /// <summary>The next connection to close; null: none now.</summary>
    public long? NextClose(TimeSpan now)
    {
        if (_settings.Role == NodeRole.Discovery && _closing.Count == 0)
        {
            foreach (OverlayLink link in _links.Values)
            {
                if (!link.IsClosing && !link.IsOutbound && now - link.Since >= s_shortConnection)
                {
                    Close(link);
                }
            }
        }

        return _closing.TryDequeue(out long number) ? number : null;
    }

    /// <summary>A connection is ready.</summary>
    public void Connected(OverlayLink link)
    {
        link.Purpose = link.IsOutbound ? DialTo(link.Address)?.Purpose : null;
        _links[link.Number] = link;
    }

    /// <summary>A dial of the plan has brought a connection, or an existing one.</summary>
    public void Dialled(DialOrder order, long number, TimeSpan today)
    {
        _dials.Remove(order);
        _book.Worked(order.Address, today);
        if (!_links.TryGetValue(number, out OverlayLink? link))
        {
            return;
        }

        link.Purpose = order.Purpose;
        if (order.Purpose == DialPurpose.Feeler)
        {
            Close(link);
        }
        else if (order.Purpose == DialPurpose.Swap && Outbound > Target)
        {
            OverlayLink[] others = [.. _links.Values.Where(
                other => other != link && other is { Counts: true, Purpose: not null })];
            if (others.Length > 0)
            {
                Close(others[(int)(Fraction() * others.Length)]);
            }
        }
    }

    /// <summary>A dial of the plan has failed.</summary>
    /// <param name="order">The dial.</param>
    /// <param name="isItsFault">Whether the address is to blame.</param>
    public void Failed(DialOrder order, bool isItsFault)
    {
        _dials.Remove(order);
        _book.Failed(order.Address, isItsFault && _links.Count > 0);
    }

    /// <summary>The node itself has no room for a connection, or is stopping: it dials nobody for a while.</summary>
    public void Hold(TimeSpan now) => _pace.Hold(now);

    /// <summary>A peer has answered the question for addresses, or cannot be asked.</summary>
    /// <param name="number">Its connection.</param>
    /// <param name="role">What the peer is for.</param>
    public void Answered(long number, NodeRole role)
    {
        if (!_links.TryGetValue(number, out OverlayLink? link) || !link.IsOutbound || link.Purpose is null)
        {
            return;
        }

        if (role == NodeRole.Discovery)
        {
            Close(link);
        }
        else if (link.Purpose == DialPurpose.Bootstrap)
        {
            // It is a node as others are, and the first that is known.
            link.Purpose = DialPurpose.Regular;
        }
    }

    /// <summary>Whether a connection is one of those that the plan has dialled to keep them.</summary>
    public bool Keeps(long number) =>
        _links.TryGetValue(number, out OverlayLink? link) && link is { Counts: true, Purpose: not null };

    /// <summary>A connection has ended.</summary>
    public void Ended(long number) => _links.Remove(number);

    private DialOrder? Fill(TimeSpan now, TimeSpan today)
    {
        while (_anchors.TryDequeue(out PeerAddress? anchor))
        {
            if (!IsTaken(anchor))
            {
                return new DialOrder(anchor, DialPurpose.Anchor);
            }
        }

        if (_book.Select(today, IsGroupTaken, IsTaken) is { } entry)
        {
            return new DialOrder(entry.Address, DialPurpose.Regular);
        }

        return _beginsWithList || now - _shortSince >= s_listAfter ? Begin(now) : null;
    }

    private DialOrder? Begin(TimeSpan now) =>
        !_dials.Exists(static dial => dial.Purpose == DialPurpose.Bootstrap)
        && _bootstrap.Take(now, IsTaken) is { } node
        ? new DialOrder(node, DialPurpose.Bootstrap)
        : null;

    private DialOrder? Refresh(TimeSpan now, TimeSpan today)
    {
        if (Outbound >= Target)
        {
            _shortSince = now;
            _bootstrap.Rest();
        }

        if (now >= _feelerDue && !_dials.Exists(static dial => dial.Purpose == DialPurpose.Feeler))
        {
            _feelerDue = now + DrawWait(FeelerEvery);
            BookEntry? entry = _book.TakeTest(today)
                ?? _book.SelectNew(today, IsTaken);
            if (entry is not null && !IsTaken(entry.Address))
            {
                return new DialOrder(entry.Address, DialPurpose.Feeler);
            }
        }

        if (_settings.Role == NodeRole.Discovery && _book.Count == 0)
        {
            return Begin(now);
        }

        if (now >= _swapDue)
        {
            _swapDue = now + DrawWait(s_swapEvery);
            if (Target > 0 && _book.Select(today, IsGroupTaken, IsTaken) is { } entry)
            {
                return new DialOrder(entry.Address, DialPurpose.Swap);
            }
        }

        return null;
    }

    private void Close(OverlayLink link)
    {
        if (!link.IsClosing)
        {
            link.IsClosing = true;
            _closing.Enqueue(link.Number);
        }
    }

    // The peers of the plan's own dials are asked when the dials end.
    private bool IsUnasked(OverlayLink link) =>
        link is { IsOutbound: true, Purpose: null, IsAsked: false } && DialTo(link.Address) is null;

    private bool IsGroupTaken(string group) =>
        _links.Values.Count(link => link.Counts && link.Group == group)
        + _dials.Count(dial => dial.Purpose != DialPurpose.Feeler && NetworkGroup.Of(dial.Address) == group)
        >= _settings.PerGroup;

    private bool IsTaken(PeerAddress address)
    {
        if (DialTo(address) is not null)
        {
            return true;
        }

        PeerAddress place = address.WithoutId;
        return _links.Values.Any(link => (address.Id is { } id && link.Node == id)
            || (link.IsOutbound && link.Address.WithoutId == place));
    }

    private DialOrder? DialTo(PeerAddress address)
    {
        PeerAddress place = address.WithoutId;
        return _dials.Find(dial => dial.Address.WithoutId == place);
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // The waits of a Poisson process: nobody can tell when the next one is due.
    private TimeSpan DrawWait(TimeSpan mean) => mean * -Math.Log(1 - Fraction());

    private double Fraction() => (_random.Next() >> 11) * (1d / (1L << 53));
}
