using System.Runtime.CompilerServices;

namespace ActorP2P.Protocol;

/// <summary>
/// The messages that wait to be sent to one peer: a queue for each lane and class, and one for a lane's streams. The
/// highest lane that has bytes left in the round is served. When no lane that could send has bytes left, a new round
/// begins. A higher lane thus overtakes at once, and a lower one gets its share however much waits above it. Within a
/// lane the classes and the streams take turns, so that a response never waits behind requests that have no credit.
/// Order is kept within a lane and class. A stream waits once, however much it has to send, so streams take turns too.
/// </summary>
internal sealed class SendLanes
{
    internal const int Lanes = 3;
    private const int Queues = CreditBook.Classes + 1;

    // The bytes that a lane may send in one round: high, normal and bulk as 16 to 4 to 1; the smallest share is a full
    // frame.
    private static readonly int[] s_shares =
        [16 * SessionSettings.MaxFragment, 4 * SessionSettings.MaxFragment, SessionSettings.MaxFragment];

    // Created with the first message, because most peers are quiet.
    private Queue[] _queues = [];
    private PerLane _left;
    private PerLane _turn;

    /// <summary>Bytes waiting, including the charge per message.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes that count against a new message of a lane: those of it and of the more urgent ones.</summary>
    public long BytesUpTo(Lane lane)
    {
        long bytes = 0;
        foreach (ref readonly Queue queue in _queues.AsSpan(0, IsEmpty ? 0 : (int)lane * Queues))
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
            bytes += _queues[(i * Queues) + (int)creditClass].Bytes;
        }

        return bytes;
    }

    /// <summary>Bytes that other peers hold too, in buffers that are themselves charged to the node.</summary>
    public long CommonBytes { get; private set; }

    /// <summary>A time no later than the first expiry of a waiting message; null when no message expires.</summary>
    public TimeSpan? NextExpiry { get; private set; }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => Bytes == 0;

    public void Enqueue(OutboundMessage message)
    {
        if (_queues.Length == 0)
        {
            _queues = new Queue[Lanes * Queues];
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

    /// <summary>Takes the next message that may be sent. The next turn goes to the class after its own.</summary>
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
    /// Charges a sent frame to its lane. A lane may exceed its share by up to a frame, which its next round pays.
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

    /// <summary>Removes the message at the head of its queue, which is sent or given up.</summary>
    public void RemoveFirst(OutboundMessage message) => Unlink(ref QueueOf(message), before: null, message);

    /// <summary>Removes a message whose sending has begun.</summary>
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
    /// Finds a message whose sending has begun. It takes constant time, whatever id the peer names, because such a
    /// message is at the head of its queue.
    /// </summary>
    public OutboundMessage? FindBegun(FrameKind kind, ulong id)
    {
        CreditBook.TryClassOf(kind, out CreditClass creditClass);
        for (int lane = 0; lane < Lanes && !IsEmpty; lane++)
        {
            OutboundMessage? first = _queues[(lane * Queues) + (int)creditClass].First;
            if (first is { Sent: > 0 } && first.Kind == kind && first.Id == id)
            {
                return first;
            }
        }

        return null;
    }

    /// <summary>Finds a message by class and id and removes it from its queue.</summary>
    public OutboundMessage? Remove(CreditClass creditClass, ulong id)
    {
        for (int lane = 0; lane < Lanes && !IsEmpty; lane++)
        {
            ref Queue queue = ref _queues[(lane * Queues) + (int)creditClass];
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

    /// <summary>Removes the messages that have expired before their sending began.</summary>
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

    /// <summary>Removes, to make room, the oldest broadcast of the lane whose sending has not begun.</summary>
    public OutboundMessage? RemoveOldestBroadcast(Lane lane)
    {
        if (IsEmpty)
        {
            return null;
        }

        ref Queue queue = ref _queues[((int)lane - 1) * Queues + (int)CreditClass.Broadcast];
        OutboundMessage? before = queue.First is { Sent: > 0 } begun ? begun : null;
        OutboundMessage? oldest = before is null ? queue.First : before.Next;
        if (oldest is not null)
        {
            Unlink(ref queue, before, oldest);
        }

        return oldest;
    }

    /// <summary>Empties the lanes and releases the buffers.</summary>
    public void Clear()
    {
        foreach (ref Queue queue in _queues.AsSpan())
        {
            for (OutboundMessage? message = queue.First; message is not null; message = message.Next)
            {
                message.Owner?.Release();
                message.Stream?.Drop();
            }

            queue = default;
        }

        Bytes = CommonBytes = 0;
        NextExpiry = null;
    }

    /// <summary>Frees the memory that a quiet session does not need.</summary>
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
        for (int i = 0; i < Queues; i++)
        {
            int queue = (_turn[lane] + i) % Queues;
            OutboundMessage? first = _queues[(lane * Queues) + queue].First;
            if (first is not null && gate.MaySend(first))
            {
                return first;
            }
        }

        return null;
    }

    private OutboundMessage TakeTurn(OutboundMessage message)
    {
        _turn[(int)message.Lane - 1] = (message.Queue + 1) % Queues;
        return message;
    }

    // A lane carries its debt into the new round but saves no credit: one that was quiet for long must not starve
    // others.
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
        ref _queues[(((int)message.Lane - 1) * Queues) + message.Queue];

    /// <summary>Decides which of the messages that are first in their queues may be sent.</summary>
    public interface IGate
    {
        /// <summary>Whether the message's next frame may be sent now.</summary>
        bool MaySend(OutboundMessage message);

        /// <summary>Whether only the peer can let the message go on.</summary>
        bool IsHeldUp(OutboundMessage message);
    }

    /// <summary>A number for each lane, the most urgent first, stored inline.</summary>
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
