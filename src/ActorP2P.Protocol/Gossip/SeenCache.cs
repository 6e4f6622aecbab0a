namespace ActorP2P.Protocol;

/// <summary>
/// The broadcasts a node has met lately, so that each is judged and relayed once. Bounded in all, and in what any one source may
/// take of it: a peer that floods new ids evicts its own, never another's.
/// </summary>
/// <param name="capacity">Ids kept in all.</param>
/// <param name="quota">Ids kept for one source.</param>
/// <param name="lifetime">How long an id is kept: longer than a broadcast travels, hop limit and all.</param>
public sealed class SeenCache(int capacity, int quota, TimeSpan lifetime)
{
    private readonly Dictionary<BroadcastId, Sighting> _sightings = [];
    private readonly Dictionary<long, Queue<(BroadcastId Id, TimeSpan At)>> _sources = [];

    /// <summary>Ids kept now.</summary>
    public int Count => _sightings.Count;

    /// <summary>What is known of an id.</summary>
    internal Sighting? Find(BroadcastId id) => _sightings.GetValueOrDefault(id);

    /// <summary>Notes an id that is not in the cache.</summary>
    internal Sighting Add(TimeSpan now, BroadcastId id, long source)
    {
        if (!_sources.TryGetValue(source, out Queue<(BroadcastId Id, TimeSpan At)>? queue))
        {
            _sources[source] = queue = new Queue<(BroadcastId Id, TimeSpan At)>();
        }

        Expire(now, queue);
        if (queue.Count >= quota)
        {
            _sightings.Remove(queue.Dequeue().Id);
        }

        if (_sightings.Count >= capacity)
        {
            EvictFromLargest();
        }

        queue.Enqueue((id, now));
        Sighting sighting = new(source);
        _sightings[id] = sighting;
        return sighting;
    }

    /// <summary>Forgets an id.</summary>
    internal void Remove(BroadcastId id) => _sightings.Remove(id);

    /// <summary>Drops what is older than the lifetime, and sources that hold nothing any more.</summary>
    public void Sweep(TimeSpan now)
    {
        foreach ((long source, Queue<(BroadcastId Id, TimeSpan At)> queue) in _sources)
        {
            Expire(now, queue);
            if (queue.Count == 0)
            {
                _sources.Remove(source);
            }
        }
    }

    private void Expire(TimeSpan now, Queue<(BroadcastId Id, TimeSpan At)> queue)
    {
        while (queue.TryPeek(out (BroadcastId Id, TimeSpan At) oldest) && now - oldest.At >= lifetime)
        {
            queue.Dequeue();
            _sightings.Remove(oldest.Id);
        }
    }

    private void EvictFromLargest()
    {
        Queue<(BroadcastId Id, TimeSpan At)>? largest = null;
        foreach (Queue<(BroadcastId Id, TimeSpan At)> queue in _sources.Values)
        {
            largest = largest is null || queue.Count > largest.Count ? queue : largest;
        }

        while (largest!.TryDequeue(out (BroadcastId Id, TimeSpan At) oldest) && !_sightings.Remove(oldest.Id))
        {
            // An id that was forgotten before leaves its place in the queue; the next one pays.
        }
    }
}
