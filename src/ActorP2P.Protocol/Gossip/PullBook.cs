namespace ActorP2P.Protocol;

/// <summary>
/// The broadcasts that this node knows of only by announcements of peers that could not send them: whom it has asked for each, and
/// whom it may ask next. One peer is asked at a time. Bounded in all and for each peer, so that ids nobody has are worth nothing.
/// </summary>
internal sealed class PullBook
{
    /// <summary>Ids asked for at a time, of all peers together.</summary>
    public const int Capacity = 16 * 1024;

    /// <summary>Ids asked of one peer at a time: as many as an honest one remembers.</summary>
    public const int Quota = MissedBroadcasts.Capacity;

    /// <summary>The time that a peer is given before another one is asked: as long as an ask waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Peers remembered beside the one that was asked. More would hardly help, and each costs.
    private const int MaxOthers = 8;

    private readonly Dictionary<BroadcastId, LinkedListNode<Entry>> _entries = [];
    private readonly Dictionary<long, int> _asked = [];

    // In the order in which they were asked for.
    private readonly LinkedList<Entry> _byAge = new();

    /// <summary>Ids that were asked for and have not come.</summary>
    public int Count => _entries.Count;

    /// <summary>When <see cref="TryTakeOverdue"/> is next to be asked, or null.</summary>
    public TimeSpan? Deadline => _byAge.First?.Value.At + Patience;

    /// <summary>A peer has announced a broadcast that is not known here.</summary>
    /// <returns>Whether it is to be asked for it now.</returns>
    public bool Announce(TimeSpan now, BroadcastId id, long link)
    {
        if (_entries.TryGetValue(id, out LinkedListNode<Entry>? known))
        {
            // Announced again by whom it was asked of: it could not be sent then either.
            return known.Value.Link == link || known.Value.AlsoFrom(link);
        }

        bool asks = _entries.Count < Capacity && _asked.GetValueOrDefault(link) < Quota;
        if (asks)
        {
            Add(new Entry(id, link, now, []));
        }

        return asks;
    }

    /// <summary>A broadcast has come, from wherever.</summary>
    /// <returns>Whether it had been asked for.</returns>
    public bool Arrive(BroadcastId id)
    {
        bool asked = _entries.TryGetValue(id, out LinkedListNode<Entry>? entry);
        if (asked)
        {
            Remove(entry!);
        }

        return asked;
    }

    /// <summary>A link is gone, and nothing more comes from it.</summary>
    /// <returns>What had been asked of it, and is to be asked of others instead.</returns>
    public IReadOnlyList<(BroadcastId Id, long Link)> Forget(TimeSpan now, long link)
    {
        List<(BroadcastId Id, long Link)> others = [];
        for (LinkedListNode<Entry>? node = _byAge.First, next; node is not null; node = next)
        {
            next = node.Next;
            node.Value.Others.Remove(link);
            if (node.Value.Link == link && AskAnother(now, node) is { } other)
            {
                others.Add((node.Value.Id, other));
            }
        }

        return others;
    }

    /// <summary>Takes a broadcast that has not come in time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="overdue">Its id, and whom to ask next; null when nobody else has announced it, and it is given up.</param>
    public bool TryTakeOverdue(TimeSpan now, out (BroadcastId Id, long? Link) overdue)
    {
        if (_byAge.First is not { } oldest || now - oldest.Value.At < Patience)
        {
            overdue = default;
            return false;
        }

        overdue = (oldest.Value.Id, AskAnother(now, oldest));
        return true;
    }

    private long? AskAnother(TimeSpan now, LinkedListNode<Entry> node)
    {
        Remove(node);
        List<long> others = node.Value.Others;
        int next = others.FindIndex(other => _asked.GetValueOrDefault(other) < Quota);
        if (next < 0)
        {
            return null;
        }

        long link = others[next];
        others.RemoveAt(next);
        Add(new Entry(node.Value.Id, link, now, others));
        return link;
    }

    private void Add(Entry entry)
    {
        _entries.Add(entry.Id, _byAge.AddLast(entry));
        _asked[entry.Link] = _asked.GetValueOrDefault(entry.Link) + 1;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        Entry entry = node.Value;
        _byAge.Remove(node);
        _entries.Remove(entry.Id);
        int left = _asked[entry.Link] - 1;
        if (left > 0)
        {
            _asked[entry.Link] = left;
        }
        else
        {
            _asked.Remove(entry.Link);
        }
    }

    private sealed record Entry(BroadcastId Id, long Link, TimeSpan At, List<long> Others)
    {
        public bool AlsoFrom(long other)
        {
            if (Others.Count < MaxOthers && !Others.Contains(other))
            {
                Others.Add(other);
            }

            return false;
        }
    }
}
