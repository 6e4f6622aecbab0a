namespace ActorP2P.Protocol;

/// <summary>
/// Decides when to dial which address: exponential back-off with full jitter, so that the peers of a node that
/// comes back do not all dial it at once. The back-off of an address starts again after a connection that lasted.
/// </summary>
/// <param name="settings">The times.</param>
/// <param name="random">The jitter.</param>
internal sealed class DialPlan(DialSettings settings, Random random)
{
    // With this many failures the pause has long reached its maximum.
    private const int MostFailures = 62;

    private readonly Dictionary<PeerAddress, Entry> _entries = [];

    /// <summary>Adds an address, which is due at once.</summary>
    public void Add(PeerAddress address, TimeSpan now) => _entries.TryAdd(address, new Entry { Due = now });

    /// <summary>When the next address is due, or null when none waits.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? next = null;
            foreach (Entry entry in _entries.Values)
            {
                next = WaitTime.Earliest(next, entry.Due);
            }

            return next;
        }
    }

    /// <summary>
    /// Takes the addresses that are due. They are not due again until <see cref="Failed"/>, <see cref="Again"/> or
    /// <see cref="Lost"/> says so.
    /// </summary>
    public IReadOnlyList<PeerAddress> TakeDue(TimeSpan now)
    {
        List<PeerAddress> due = [];
        foreach ((PeerAddress address, Entry entry) in _entries)
        {
            if (entry.Due <= now)
            {
                entry.Due = null;
                due.Add(address);
            }
        }

        // A dictionary has no defined order, and the plan must be the same in every run.
        due.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
        return due;
    }

    /// <summary>
    /// A dial or a handshake failed. The next attempt follows after a pause, which grows with each failure.
    /// </summary>
    public void Failed(PeerAddress address, TimeSpan now)
    {
        if (_entries.TryGetValue(address, out Entry? entry))
        {
            entry.ConnectedAt = null;
            // Computed in floating point: the doubled pause outgrows a TimeSpan long before MostFailures is reached.
            double doubled = settings.FirstBackoff.Ticks * Math.Pow(2, entry.Failures);
            double most = Math.Min(doubled, settings.MaxBackoff.Ticks);
            entry.Failures = Math.Min(entry.Failures + 1, MostFailures);
            entry.Due = now + TimeSpan.FromTicks((long)(most * random.NextDouble()));
        }
    }

    /// <summary>
    /// Makes an address due at once. It is a name, and has further addresses beside the one that failed.
    /// </summary>
    public void Again(PeerAddress address, TimeSpan now)
    {
        if (_entries.TryGetValue(address, out Entry? entry))
        {
            entry.Due = now;
        }
    }

    /// <summary>A connection to the address is ready.</summary>
    public void Connected(PeerAddress address, TimeSpan now)
    {
        if (_entries.TryGetValue(address, out Entry? entry))
        {
            entry.ConnectedAt = now;
            entry.Due = null;
        }
    }

    /// <summary>A connection that was ready is lost.</summary>
    public void Lost(PeerAddress address, TimeSpan now)
    {
        if (_entries.TryGetValue(address, out Entry? entry))
        {
            if (entry.ConnectedAt is { } since && now - since >= settings.HealthyAfter)
            {
                entry.Failures = 0;
            }

            Failed(address, now);
        }
    }

    /// <summary>A connection to the address has ended; the reason says whether and when to dial again.</summary>
    /// <param name="address">The address.</param>
    /// <param name="now">The time.</param>
    /// <param name="wasReady">Whether the handshake had been completed.</param>
    /// <param name="reason">Why it ended.</param>
    public void Ended(PeerAddress address, TimeSpan now, bool wasReady, DisconnectReason reason)
    {
        Redial redial = ReasonTable.Of(reason).Redial;
        if (redial == Redial.Never && !wasReady)
        {
            _entries.Remove(address);
            return;
        }

        if (wasReady)
        {
            Lost(address, now);
        }
        else
        {
            Failed(address, now);
        }

        // A peer that was ready cannot mean a reason never to dial again, so its address stays in the plan.
        if (redial != Redial.Soon && _entries.TryGetValue(address, out Entry? entry))
        {
            entry.Failures = MostFailures;
            entry.Due = now + (settings.MaxBackoff / 2) + (settings.MaxBackoff / 2 * random.NextDouble());
        }
    }

    private sealed class Entry
    {
        public TimeSpan? Due;
        public TimeSpan? ConnectedAt;
        public int Failures;
    }
}
