namespace ActorP2P.Protocol;

/// <summary>
/// The broadcasts that this node knows only from announcements by peers that could not send them. For
/// each it records the peer that was asked and the peers to ask next; one peer is asked at a time. The
/// book is bounded in all and for each peer, so that invented ids gain an attacker nothing.
/// </summary>
internal sealed class PullBook
{
    /// <summary>The most ids asked for at a time, of all peers together.</summary>
    public const int Capacity = 16 * 1024;

    /// <summary>The most ids asked of one peer at a time: as many as an honest peer remembers.</summary>
    public const int Quota = MissedBroadcasts.Capacity;

    /// <summary>How long a peer may take before another one is asked: as long as a request waits by default.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Peers remembered besides the one that was asked. More would hardly help, and each takes memory.
    private const int MaxOthers = 8;

    private readonly Dictionary<BroadcastId, LinkedListNode<Entry>> _entries = [];
    private readonly Dictionary<long, int> _asked = [];

    // In the order in which they were asked for.
    private readonly LinkedList<Entry> _byAge = new();

    /// <summary>Ids that were asked for and have not come.</summary>
    public int Count => _entries.Count;

    /// <summary>When <see cref="TryTakeOverdue"/> may next give something; null while nothing is open.</summary>
    public TimeSpan? Deadline => _byAge.First?.Value.At + Patience;

    /// <summary>A peer has announced a broadcast that is not known here.</summary>
    /// <returns>Whether to ask this peer for it now.</returns>
    public bool Announce(TimeSpan now, BroadcastId id, long link)
    {
        if (_entries.TryGetValue(id, out LinkedListNode<Entry>? known))
        {
            // The peer that was asked announces it again: it could not send the broadcast this time either.
            return known.Value.Link == link || known.Value.AlsoFrom(link);
        }

        bool asks = _entries.Count < Capacity && _asked.GetValueOrDefault(link) < Quota;
        if (asks)
        {
            Add(new Entry(id, link, now, []));
        }

        return asks;
    }

    /// <summary>A broadcast has arrived, from any peer.</summary>
    /// <returns>Whether a peer had been asked for it.</returns>
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
    /// <returns>The broadcasts that it was asked for, each with the peer to ask instead.</returns>
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

    /// <summary>Takes a broadcast that has not arrived in time.</summary>
    /// <param name="now">The time.</param>
    /// <param name="overdue">
    /// Its id and the peer to ask next. The peer is null when no other peer has announced the broadcast; it is then
    /// given up.
    /// </param>
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
