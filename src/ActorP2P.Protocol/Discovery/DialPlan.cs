namespace ActorP2P.Protocol;

/// <summary>
/// When to dial which address: exponential back-off with full jitter, so that a node that comes back is not dialled by all its
/// peers at once. An address that stayed connected for a while starts anew.
/// </summary>
/// <param name="settings">The times.</param>
/// <param name="random">The jitter.</param>
public sealed class DialPlan(DialSettings settings, Random random)
{
    private readonly Dictionary<PeerAddress, Entry> _entries = [];

    /// <summary>Adds an address, due at once.</summary>
    public void Add(PeerAddress address, TimeSpan now) => _entries.TryAdd(address, new Entry { Due = now });

    /// <summary>When the next address is due, or null when none waits.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? next = null;
            foreach (Entry entry in _entries.Values)
            {
                next = entry.Due is { } due && !(next <= due) ? due : next;
            }

            return next;
        }
    }

    /// <summary>Takes the addresses that are due; they are not due again before <see cref="Failed"/> or <see cref="Lost"/>.</summary>
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

        // The order of a dictionary is no order; the plan must be the same in every run.
        due.Sort((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));
        return due;
    }

    /// <summary>A dial, or a handshake, failed: try again after a while, longer each time.</summary>
    public void Failed(PeerAddress address, TimeSpan now)
    {
        if (_entries.TryGetValue(address, out Entry? entry))
        {
            entry.ConnectedAt = null;
            // In floating point, since the doubled pause outgrows a TimeSpan long before the doubling is capped.
            double most = Math.Min(settings.FirstBackoff.Ticks * Math.Pow(2, entry.Failures), settings.MaxBackoff.Ticks);
            entry.Failures = Math.Min(entry.Failures + 1, 62);
            entry.Due = now + TimeSpan.FromTicks((long)(most * random.NextDouble()));
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

    /// <summary>The address is not to be dialled any more: it is our own, or it belongs to another network.</summary>
    public void Remove(PeerAddress address) => _entries.Remove(address);

    private sealed class Entry
    {
        public TimeSpan? Due;
        public TimeSpan? ConnectedAt;
        public int Failures;
    }
}
