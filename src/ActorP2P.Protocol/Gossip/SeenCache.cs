using System.Runtime.InteropServices;

namespace ActorP2P.Protocol;

/// <summary>
/// The broadcasts that a node has met lately, so that each is handled and relayed once. It is bounded in all and for
/// each source: a peer that floods new ids evicts its own ids, never those of others.
/// </summary>
/// <param name="capacity">Ids kept in all.</param>
/// <param name="quota">Ids kept for one source.</param>
/// <param name="lifetime">How long an id is kept: longer than a broadcast takes for all its hops.</param>
internal sealed class SeenCache(int capacity, int quota, TimeSpan lifetime)
{
    // Three sources that flood the cache still leave room for honest ones.
    private const int ShareOfOneSource = 4;

    private readonly Dictionary<BroadcastId, LinkedListNode<Sighting>> _sightings = [];

    // Each source's sightings, oldest first. A sighting leaves its list when it is forgotten: an entry that stayed
    // would later remove a newer sighting of the same id.
    private readonly Dictionary<long, LinkedList<Sighting>> _sources = [];

    /// <summary>Makes a cache in which one source may fill a quarter.</summary>
    /// <param name="capacity">Ids kept in all.</param>
    /// <param name="lifetime">How long an id is kept.</param>
    public SeenCache(int capacity, TimeSpan lifetime)
        : this(capacity, Math.Max(1, capacity / ShareOfOneSource), lifetime)
    {
    }

    /// <summary>Ids kept now.</summary>
    public int Count => _sightings.Count;

    /// <summary>The sources that have an id in the cache; at most <see cref="Count"/>.</summary>
    internal int Sources => _sources.Count;

    /// <summary>What is known of an id.</summary>
    internal Sighting? Find(BroadcastId id) => _sightings.GetValueOrDefault(id)?.Value;

    /// <summary>Notes an id that is not in the cache.</summary>
    internal void Add(TimeSpan now, BroadcastId id, long source)
    {
        if (_sources.TryGetValue(source, out LinkedList<Sighting>? own))
        {
            Expire(now, own);
            if (own.Count >= quota)
            {
                Remove(own.First!);
            }
        }

        if (_sightings.Count >= capacity)
        {
            EvictFromLargest();
        }

        // This lookup comes last, because a source that lost its last id has lost its list too.
        ref LinkedList<Sighting>? list = ref CollectionsMarshal.GetValueRefOrAddDefault(_sources, source, out _);
        list ??= [];
        _sightings[id] = list.AddLast(new Sighting(id, source, now));
    }

    /// <summary>Forgets an id.</summary>
    internal void Remove(BroadcastId id)
    {
        if (_sightings.TryGetValue(id, out LinkedListNode<Sighting>? node))
        {
            Remove(node);
        }
    }

    /// <summary>Removes ids older than the lifetime.</summary>
    public void Sweep(TimeSpan now)
    {
        foreach (LinkedList<Sighting> list in _sources.Values)
        {
            Expire(now, list);
        }
    }

    private void Expire(TimeSpan now, LinkedList<Sighting> list)
    {
        while (list.First is { } oldest && now - oldest.Value.At >= lifetime)
        {
            Remove(oldest);
        }
    }

    private void EvictFromLargest()
    {
        LinkedList<Sighting>? largest = null;
        foreach (LinkedList<Sighting> list in _sources.Values)
        {
            largest = largest is null || list.Count > largest.Count ? list : largest;
        }

        if (largest?.First is { } oldest)
        {
            Remove(oldest);
        }
    }

    private void Remove(LinkedListNode<Sighting> node)
    {
        LinkedList<Sighting> list = node.List!;
        list.Remove(node);
        _sightings.Remove(node.Value.Id);
        if (list.Count == 0)
        {
            _sources.Remove(node.Value.Source);
        }
    }
}
