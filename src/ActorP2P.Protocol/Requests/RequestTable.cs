using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// The requests for which a node awaits answers: for each id the requester, the link it was sent on, and
/// the deadline. Opening, answering and expiring take constant time, however many requests came before.
/// </summary>
/// <typeparam name="TAsker">The type of the asker.</typeparam>
/// <param name="capacity">Requests that may be open at a time.</param>
internal sealed class RequestTable<TAsker>(int capacity)
    where TAsker : class
{
    private readonly int _capacity = Math.Min(capacity, RequestId.MaxSlots);
    private readonly DeadlineWheel _wheel = new();
    private readonly Stack<int> _free = new();
    private Entry[] _entries = new Entry[16];
    private int _used;

    /// <summary>Requests that are open.</summary>
    public int Count { get; private set; }

    /// <summary>When <see cref="TryExpire"/> may next find something, or null when nothing is open.</summary>
    public TimeSpan? NextDeadline => _wheel.NextDeadline;

    /// <summary>Opens a request.</summary>
    /// <param name="now">The time.</param>
    /// <param name="asker">The requester, which waits for the answer.</param>
    /// <param name="link">The link that the request is sent on. Only an answer from this link counts.</param>
    /// <param name="salt">The link's salt.</param>
    /// <param name="deadline">When the request is given up.</param>
    /// <param name="id">The request's id.</param>
    /// <returns>False when too many are open.</returns>
    public bool TryOpen(TimeSpan now, TAsker asker, long link, uint salt, TimeSpan deadline, out RequestId id)
    {
        id = default;
        if (!_free.TryPop(out int slot))
        {
            if (_used == _capacity)
            {
                return false;
            }

            slot = _used++;
            if (slot == _entries.Length)
            {
                Array.Resize(ref _entries, Math.Min(_capacity, 2 * _entries.Length));
            }
        }

        ref Entry entry = ref _entries[slot];
        entry.Asker = asker;
        entry.Link = link;
        entry.Id = id = new RequestId(slot, ++entry.Generation, salt);
        _wheel.Add(slot, now, deadline);
        Count++;
        return true;
    }

    /// <summary>Closes a request that is answered, refused or cancelled.</summary>
    /// <returns>False when no such request is open on that link.</returns>
    public bool TryClose(RequestId id, long link, [MaybeNullWhen(false)] out TAsker asker)
    {
        asker = null;
        int slot = id.Slot;
        if (slot >= _used || _entries[slot].Asker is null || _entries[slot].Id != id || _entries[slot].Link != link)
        {
            return false;
        }

        asker = Close(slot);
        return true;
    }

    /// <summary>Closes one request whose deadline has passed.</summary>
    public bool TryExpire(TimeSpan now, [MaybeNullWhen(false)] out TAsker asker, out RequestId id, out long link)
    {
        if (!_wheel.TryTakeDue(now, out int slot))
        {
            (asker, id, link) = (null, default, 0);
            return false;
        }

        (id, link) = (_entries[slot].Id, _entries[slot].Link);
        asker = Close(slot);
        return true;
    }

    /// <summary>Closes all requests of a link, or every request when <paramref name="link"/> is null.</summary>
    public IEnumerable<TAsker> CloseAll(long? link)
    {
        for (int slot = 0; slot < _used; slot++)
        {
            if (_entries[slot].Asker is not null && (link is null || _entries[slot].Link == link))
            {
                yield return Close(slot);
            }
        }
    }

    private TAsker Close(int slot)
    {
        ref Entry entry = ref _entries[slot];
        TAsker asker = entry.Asker!;
        entry.Asker = null;
        _wheel.Remove(slot);
        _free.Push(slot);
        Count--;
        return asker;
    }

    private struct Entry
    {
        public TAsker? Asker;
        public RequestId Id;
        public long Link;
        public ushort Generation;
    }
}
