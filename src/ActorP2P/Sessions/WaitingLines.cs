using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The messages that wait for room in a peer's send queue, in a line for each lane. It knows how many may wait, which
/// is next, and when the next gives up. Waiting bytes are charged to the node's memory. It has no lock of its own.
/// </summary>
/// <param name="memory">The node's memory.</param>
internal sealed class WaitingLines(MemoryBudget memory)
{
    /// <summary>
    /// The messages that may wait; further ones are refused. It is four times the open requests of a peer.
    /// </summary>
    private const int MaxCount = 1024;

    /// <summary>
    /// The bytes that may wait. A message that begins to wait below the bound may exceed it. It is two of the longest
    /// messages: without it, a sender that does not await could have a thousand of them wait for a peer that reads
    /// nothing.
    /// </summary>
    private const long MaxBytes = 64L * 1024 * 1024;

    private static readonly List<OutboxWaiter> s_none = [];

    // By lane, the most urgent first; created with the first message that waits.
    private LinkedList<OutboxWaiter>[] _lines = [];

    /// <summary>The number of waiting messages.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of the waiting messages.</summary>
    public long Bytes { get; private set; }

    /// <summary>A time no later than when the first message gives up; null when none does.</summary>
    public TimeSpan? NextGiveUp { get; private set; }

    /// <summary>Whether no further message may wait.</summary>
    public bool AreFull => Count >= MaxCount || Bytes >= MaxBytes || memory.IsTight;

    /// <summary>Whether messages of a lane wait. Later messages of the lane must not overtake them.</summary>
    public bool AnyIn(Lane lane) => Count > 0 && Line(lane).Count > 0;

    /// <summary>Adds a message.</summary>
    public void Add(in OutboxWaiter waiter)
    {
        _lines = _lines.Length > 0 ? _lines : [new(), new(), new()];
        Line(waiter.Entry.Lane).AddLast(waiter);
        NoteGiveUp(waiter.GiveUpAt);
        Weigh(waiter, 1);
    }

    /// <summary>The first message of a lane; it stays in its line.</summary>
    public bool TryPeek(Lane lane, out OutboxWaiter waiter)
    {
        waiter = default;
        if (!AnyIn(lane))
        {
            return false;
        }

        waiter = Line(lane).First!.Value;
        return true;
    }

    /// <summary>Removes the first message of a lane, which must exist.</summary>
    public void RemoveFirst(Lane lane) => Remove(Line(lane).First!);

    /// <summary>Removes a request.</summary>
    /// <returns>Whether it waited.</returns>
    public bool TryRemoveRequest(ulong id, out OutboxWaiter waiter)
    {
        foreach (LinkedList<OutboxWaiter> line in _lines)
        {
            for (LinkedListNode<OutboxWaiter>? node = line.First; node is not null; node = node.Next)
            {
                if (node.Value.Entry.Kind == FrameKind.Request && node.Value.Entry.Id == id)
                {
                    waiter = node.Value;
                    Remove(node);
                    return true;
                }
            }
        }

        waiter = default;
        return false;
    }

    /// <summary>Takes all messages that must give up now.</summary>
    public List<OutboxWaiter> TakeOverdue(TimeSpan now)
    {
        if (NextGiveUp is null || NextGiveUp > now)
        {
            return s_none;
        }

        List<OutboxWaiter> overdue = [];
        NextGiveUp = null;
        foreach (LinkedList<OutboxWaiter> line in _lines)
        {
            for (LinkedListNode<OutboxWaiter>? node = line.First, next; node is not null; node = next)
            {
                next = node.Next;
                if (node.Value.GiveUpAt <= now)
                {
                    overdue.Add(node.Value);
                    Remove(node);
                }
                else
                {
                    NoteGiveUp(node.Value.GiveUpAt);
                }
            }
        }

        return overdue;
    }

    /// <summary>Takes all messages.</summary>
    public List<OutboxWaiter> TakeAll()
    {
        List<OutboxWaiter> all = [];
        foreach (LinkedList<OutboxWaiter> line in _lines)
        {
            all.AddRange(line);
            line.Clear();
        }

        memory.Charge(-Bytes);
        (Count, Bytes, NextGiveUp) = (0, 0, null);
        return all;
    }

    private LinkedList<OutboxWaiter> Line(Lane lane) => _lines[(int)lane - 1];

    private void Remove(LinkedListNode<OutboxWaiter> node)
    {
        node.List!.Remove(node);
        Weigh(node.Value, -1);
    }

    private void NoteGiveUp(TimeSpan? time) => NextGiveUp = time < NextGiveUp || NextGiveUp is null ? time : NextGiveUp;

    private void Weigh(in OutboxWaiter waiter, int sign)
    {
        int bytes = sign * waiter.Entry.Message.Length;
        Count += sign;
        Bytes += bytes;
        memory.Charge(bytes);
    }
}
