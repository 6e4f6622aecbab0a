using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>
/// What waits to be sent to one peer: a queue for each lane and class. The highest lane that has bytes left in the
/// round is served; when none that could send has any, a new round begins. So a higher lane overtakes at once, and a
/// lower one gets its share however much waits above it. Within a lane the classes take turns, so that a response never
/// waits behind requests that have no credit. Order is kept within a lane and class.
/// </summary>
internal sealed class SendLanes
{
    internal const int Lanes = 3;

    // What a lane may send in one round: high, normal and bulk as 16 to 4 to 1, the least of them a full frame.
    private static readonly int[] s_shares =
        [16 * SessionSettings.MaxFragment, 4 * SessionSettings.MaxFragment, SessionSettings.MaxFragment];

    // Made with the first message: most peers are quiet.
    private Queue[] _queues = [];
    private PerLane _left;
    private PerLane _turn;

    /// <summary>Bytes waiting, with the per-message charge.</summary>
    public long Bytes { get; private set; }

    /// <summary>
    /// Bytes that go before a new message of a lane, or beside it: those of the lane and of the more urgent ones.
    /// </summary>
    public long BytesUpTo(Lane lane)
    {
        long bytes = 0;
        foreach (ref readonly Queue queue in _queues.AsSpan(0, IsEmpty ? 0 : (int)lane * CreditBook.Classes))
        {
            bytes += queue.Bytes;
        }

        return bytes;
    }

    /// <summary>Bytes of one class in a lane and the more urgent ones.</summary>
    public long BytesOf(CreditClass creditClass, Lane lane)
    {
        long bytes = 0;
        for (int i = 0; i < (int)lane && !IsEmpty; i++)
        {
            bytes += _queues[(i * CreditBook.Classes) + (int)creditClass].Bytes;
        }

        return bytes;
    }

    /// <summary>Bytes that other peers hold too, in buffers that are charged by themselves.</summary>
    public long CommonBytes { get; private set; }

    /// <summary>No later than the first expiry of a message that waits; null when none has one.</summary>
    public TimeSpan? NextExpiry { get; private set; }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => Bytes == 0;

    public void Enqueue(OutboundMessage message)
    {
        if (_queues.Length == 0)
        {
            _queues = new Queue[Lanes * CreditBook.Classes];
            BeginRound();
        }

        ref Queue queue = ref QueueOf(message);
        if (queue.Last is null)
        {
            queue.First = message;
        }
        else
        {
            queue.Last.Next = message;
        }

        queue.Last = message;
        message.IsCommon = message.Owner?.IsCharged == true;
        NoteExpiry(message);
        Weigh(message, 1);
    }

    /// <summary>Takes the next message that may send, and gives the turn to the class after it.</summary>
    public OutboundMessage? Next(IGate gate)
    {
        OutboundMessage? spent = null;
        for (int lane = 0; lane < Lanes && !IsEmpty; lane++)
        {
            OutboundMessage? first = FirstOf(lane, gate);
            if (first is not null && _left[lane] > 0)
            {
                return TakeTurn(first);
            }

            spent ??= first;
        }

        if (spent is null)
        {
            return null;
        }

        BeginRound();
        return TakeTurn(spent);
    }

    /// <summary>
    /// A frame of the lane is sent. A lane may end its round with up to a frame too much, which its next round pays.
    /// </summary>
    public void Charge(Lane lane, int bytes) => _left[(int)lane - 1] -= bytes;

    /// <summary>Whether one of the messages that are next in their queues is held up.</summary>
    public bool IsAnyHeldUp(IGate gate)
    {
        foreach (ref Queue queue in _queues.AsSpan())
        {
            if (queue.First is { } first && gate.IsHeldUp(first))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The message at the head of its queue is sent or given up.</summary>
    public void RemoveFirst(OutboundMessage message) => Unlink(ref QueueOf(message), before: null, message);

    /// <summary>Takes a message out that has begun to be sent.</summary>
    public OutboundMessage? RemoveBegun(FrameKind kind, ulong id)
    {
        OutboundMessage? begun = FindBegun(kind, id);
        if (begun is not null)
        {
            RemoveFirst(begun);
        }

        return begun;
    }

    /// <summary>
    /// Finds a message that has begun to be sent. Constant work, whatever ids the peer may name: what has begun stands
    /// at the head of its queue.
    /// </summary>
    public OutboundMessage? FindBegun(FrameKind kind, ulong id)
    {
        CreditBook.TryClassOf(kind, out CreditClass creditClass);
        for (int lane = 0; lane < Lanes && !IsEmpty; lane++)
        {
            OutboundMessage? first = _queues[(lane * CreditBook.Classes) + (int)creditClass].First;
            if (first is { Sent: > 0 } && first.Kind == kind && first.Id == id)
            {
                return first;
            }
        }

        return null;
    }

    /// <summary>Finds a message by class and id, and takes it out of its queue.</summary>
    public OutboundMessage? Remove(CreditClass creditClass, ulong id)
    {
        for (int lane = 0; lane < Lanes && !IsEmpty; lane++)
        {
            ref Queue queue = ref _queues[(lane * CreditBook.Classes) + (int)creditClass];
            OutboundMessage? before = null;
            for (OutboundMessage? message = queue.First; message is not null; before = message, message = message.Next)
            {
                if (message.Id == id)
                {
                    Unlink(ref queue, before, message);
                    return message;
                }
            }
        }

        return null;
    }

    /// <summary>Takes out what has expired and has not begun to be sent.</summary>
    public List<OutboundMessage> RemoveExpired(TimeSpan now)
    {
        List<OutboundMessage> expired = [];
        NextExpiry = null;
        foreach (ref Queue queue in _queues.AsSpan())
        {
            OutboundMessage? before = null;
            for (OutboundMessage? message = queue.First, next; message is not null; message = next)
            {
                next = message.Next;
                if (message.Sent == 0 && message.Expires <= now)
                {
                    Unlink(ref queue, before, message);
                    expired.Add(message);
                }
                else
                {
                    NoteExpiry(message);
                    before = message;
                }
            }
        }

        return expired;
    }

    /// <summary>The oldest broadcast of the lane that has not begun to be sent, taken out to make room.</summary>
    public OutboundMessage? RemoveOldestBroadcast(Lane lane)
    {
        if (IsEmpty)
        {
            return null;
        }

        ref Queue queue = ref _queues[((int)lane - 1) * CreditBook.Classes + (int)CreditClass.Broadcast];
        OutboundMessage? before = queue.First is { Sent: > 0 } begun ? begun : null;
        OutboundMessage? oldest = before is null ? queue.First : before.Next;
        if (oldest is not null)
        {
            Unlink(ref queue, before, oldest);
        }

        return oldest;
    }

    /// <summary>Empties the lanes, and releases what they hold.</summary>
    public void Clear()
    {
        foreach (ref Queue queue in _queues.AsSpan())
        {
            for (OutboundMessage? message = queue.First; message is not null; message = message.Next)
            {
                message.Owner?.Release();
            }

            queue = default;
        }

        Bytes = CommonBytes = 0;
        NextExpiry = null;
    }

    /// <summary>The session is quiet: gives back what it does not need.</summary>
    public void Trim()
    {
        if (IsEmpty)
        {
            _queues = [];
        }
    }

    private void NoteExpiry(OutboundMessage message)
    {
        if (message.Sent == 0 && message.Expires is not null)
        {
            NextExpiry = WaitTime.Earliest(NextExpiry, message.Expires);
        }
    }

    private OutboundMessage? FirstOf(int lane, IGate gate)
    {
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            int creditClass = (_turn[lane] + i) % CreditBook.Classes;
            OutboundMessage? first = _queues[(lane * CreditBook.Classes) + creditClass].First;
            if (first is not null && gate.MaySend(first))
            {
                return first;
            }
        }

        return null;
    }

    private OutboundMessage TakeTurn(OutboundMessage message)
    {
        _turn[(int)message.Lane - 1] = ((int)message.Class + 1) % CreditBook.Classes;
        return message;
    }

    // A lane keeps its debts into the new round, but saves nothing: one that was quiet for long must not starve others.
    private void BeginRound()
    {
        for (int lane = 0; lane < Lanes; lane++)
        {
            _left[lane] = Math.Min(_left[lane] + s_shares[lane], s_shares[lane]);
        }
    }

    private void Unlink(ref Queue queue, OutboundMessage? before, OutboundMessage message)
    {
        if (before is null)
        {
            queue.First = message.Next;
        }
        else
        {
            before.Next = message.Next;
        }

        if (queue.Last == message)
        {
            queue.Last = before;
        }

        message.Next = null;
        Weigh(message, -1);
    }

    private void Weigh(OutboundMessage message, int sign)
    {
        Bytes += sign * message.Weight;
        CommonBytes += message.IsCommon ? sign * message.Weight : 0;
        QueueOf(message).Bytes += sign * message.Weight;
    }

    private ref Queue QueueOf(OutboundMessage message) =>
        ref _queues[(((int)message.Lane - 1) * CreditBook.Classes) + (int)message.Class];

    /// <summary>Says which of the messages that are first in their queues may go.</summary>
    public interface IGate
    {
        /// <summary>Whether the message's next frame may be sent now.</summary>
        bool MaySend(OutboundMessage message);

        /// <summary>Whether only the peer can let the message go on.</summary>
        bool IsHeldUp(OutboundMessage message);
    }

    /// <summary>A number for each lane, the most urgent first, without an array of its own.</summary>
    [InlineArray(Lanes)]
    private struct PerLane
    {
        private int _first;
    }

    private struct Queue
    {
        public OutboundMessage? First;
        public OutboundMessage? Last;
        public long Bytes;
    }
}
