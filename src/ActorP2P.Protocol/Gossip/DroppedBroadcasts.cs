namespace ActorP2P.Protocol;

/// <summary>
/// Broadcasts that were not sent to some peers, kept for a while so that those peers may ask for them. Each is kept
/// once. A peer is given it once for each time that it was not sent it. The store is bounded in bytes: the oldest leave
/// for newer ones.
/// </summary>
/// <param name="capacity">Bytes of buffers kept at most; a longer broadcast is not kept.</param>
/// <param name="memory">The node's memory, which is charged for them.</param>
internal sealed class DroppedBroadcasts(long capacity, MemoryBudget memory)
{
    /// <summary>How long a broadcast is kept, and its id announced, from when it was first dropped.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    // A broadcast that fills a smaller share of its buffer is copied into one of its own.
    private const int MostTimesLength = 4;

    private readonly Dictionary<BroadcastId, Entry> _entries = [];
    private readonly Queue<Entry> _byAge = new();
    private long _bytes;

    /// <summary>Bytes of the buffers kept now. May be read from any thread.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Broadcasts kept now.</summary>
    public int Count => _entries.Count;

    /// <summary>
    /// Keeps a broadcast that a link was not sent. The hold on its buffer passes to this store, or is released.
    /// </summary>
    public void Keep(TimeSpan now, in KeptBroadcast broadcast, long link)
    {
        Expire(now);
        if (_entries.TryGetValue(broadcast.Id, out Entry? known))
        {
            broadcast.Owner.Release();
            known.AlsoFor(link);
            return;
        }

        KeptBroadcast own = Own(broadcast);
        if (own.Owner.Capacity > capacity)
        {
            own.Owner.Release();
            return;
        }

        while (_bytes + own.Owner.Capacity > capacity)
        {
            RemoveOldest();
        }

        Entry entry = new(own, now, link);
        _entries.Add(own.Id, entry);
        _byAge.Enqueue(entry);
        Interlocked.Add(ref _bytes, own.Owner.Capacity);
    }

    /// <summary>A link asks for a broadcast.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The broadcast's id.</param>
    /// <param name="link">The link that asks.</param>
    /// <param name="broadcast">The broadcast, its buffer held once more for the caller.</param>
    /// <returns>
    /// False when it is not kept, when it was sent to this link, or when this link was given it already.
    /// </returns>
    public bool TryGive(TimeSpan now, BroadcastId id, long link, out KeptBroadcast broadcast)
    {
        Expire(now);
        if (!_entries.TryGetValue(id, out Entry? entry) || !entry.TryGiveTo(link))
        {
            broadcast = default;
            return false;
        }

        broadcast = entry.Broadcast;
        broadcast.Owner.Retain();
        return true;
    }

    /// <summary>Releases what is too old.</summary>
    public void Expire(TimeSpan now)
    {
        while (_byAge.TryPeek(out Entry? oldest) && now - oldest.At >= Lifetime)
        {
            RemoveOldest();
        }
    }

    /// <summary>Releases everything.</summary>
    public void Clear()
    {
        while (_byAge.Count > 0)
        {
            RemoveOldest();
        }
    }

    // Small messages share a buffer with others. Keeping one would hold the whole buffer, many times its length.
    private KeptBroadcast Own(in KeptBroadcast broadcast)
    {
        if (broadcast.Owner.IsCharged && broadcast.Owner.Capacity <= MostTimesLength * broadcast.Length)
        {
            return broadcast;
        }

        SharedBuffer copy = SharedBuffer.Rent(broadcast.Length);
        broadcast.Owner.Array.AsSpan(broadcast.Offset, broadcast.Length).CopyTo(copy.Array);
        copy.ChargeTo(memory);
        broadcast.Owner.Release();
        return broadcast with { Owner = copy, Offset = 0 };
    }

    private void RemoveOldest()
    {
        Entry oldest = _byAge.Dequeue();
        _entries.Remove(oldest.Broadcast.Id);
        Interlocked.Add(ref _bytes, -oldest.Broadcast.Owner.Capacity);
        oldest.Broadcast.Owner.Release();
    }

    private sealed class Entry(KeptBroadcast broadcast, TimeSpan at, long link)
    {
        // Usually only one peer is slow.
        private readonly List<long> _links = [link];

        public KeptBroadcast Broadcast { get; } = broadcast;

        public TimeSpan At { get; } = at;

        public void AlsoFor(long link)
        {
            if (!_links.Contains(link))
            {
                _links.Add(link);
            }
        }

        public bool TryGiveTo(long link) => _links.Remove(link);
    }
}
