using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The way of notifies from any thread into a peer's send queue. While there is room a message is in with one short lock, no
/// promise and no hop; the PeerActor is woken once and takes all that has come. Without room the sender waits, in order.
/// </summary>
/// <param name="capacity">Bytes here and in the session's lanes together at which senders wait.</param>
/// <param name="memory">The node's memory: charged for what waits here.</param>
internal sealed class Outbox(int capacity, MemoryBudget memory)
{
    /// <summary>Senders that may wait; further ones fail at once. As many as a peer's requests, fourfold.</summary>
    private const int MaxWaiting = 1024;

    /// <summary>
    /// Bytes that may wait with them; a message that starts below the bound may exceed it. Two of the longest messages: whoever
    /// tells without awaiting would otherwise keep a thousand of them for a peer that reads nothing.
    /// </summary>
    internal const long MaxWaitingBytes = 64L * 1024 * 1024;

    // What an outbox keeps room for while it is quiet.
    private const int KeptEntries = 16;

    private readonly Lock _lock = new();
    // The lanes by urgency; their numbers begin with 1.
    private static readonly Lane[] Lanes = [Lane.High, Lane.Normal, Lane.Bulk];

    private readonly Queue<OutboxWaiter>?[] _waiting = new Queue<OutboxWaiter>?[Lanes.Length];
    private int _waitingCount;
    private OutboxEntry[] _posted = [];
    private OutboxEntry[] _taken = [];
    private int _count;
    private QueuedBytes _postedBytes;
    private QueuedBytes _queued;
    private long _waitingBytes;
    private long _heldBytes;
    private int _maxMessage;
    private bool _isOpen;
    private bool _isWoken;

    /// <summary>Whether nothing has come; a hint, and right in the end: whoever posts into an empty outbox wakes the actor.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Bytes that the node holds for the peer, here and in its session, as of the last turn.</summary>
    public long Weight
    {
        get
        {
            lock (_lock)
            {
                return _heldBytes + _postedBytes.Bulk + _waitingBytes;
            }
        }
    }

    /// <summary>Lets messages in.</summary>
    /// <param name="maxMessage">The longest message the peer takes.</param>
    public void Open(int maxMessage)
    {
        lock (_lock)
        {
            _maxMessage = maxMessage;
            _isOpen = true;
        }
    }

    /// <summary>Lets nothing in any more; who waits is told that there is no connection. What is in can still be taken.</summary>
    public void Close()
    {
        List<OutboxWaiter> waiting = [];
        lock (_lock)
        {
            _isOpen = false;
            foreach (Lane lane in Lanes)
            {
                waiting.AddRange(_waiting[(int)lane - 1] ?? []);
                _waiting[(int)lane - 1] = null;
            }

            memory.Charge(-_waitingBytes);
            _waitingBytes = 0;
            _waitingCount = 0;
        }

        foreach (OutboxWaiter waiter in waiting)
        {
            waiter.Entry.Message.Buffer.Release();
            waiter.Promise.TrySetException(new SendException(SendResult.NotConnected, "the connection has ended"));
        }
    }

    /// <summary>Posts a message; its buffer is released in every case, when it is sent, dropped or not taken.</summary>
    /// <returns>Completed when the message is in; or to be completed; or failed with a <see cref="SendException"/>.</returns>
    public Task Post(Peer peer, in OutboxEntry entry)
    {
        SendResult result = Offer(peer, entry, mayWait: true, out Task? waiting);
        return waiting ?? (result == SendResult.Accepted ? Task.CompletedTask : Refuse(entry, result, peer.Address));
    }

    /// <summary>Posts a message if there is room for it now; its buffer is released in every case.</summary>
    public SendResult TryPost(Peer peer, in OutboxEntry entry)
    {
        SendResult result = Offer(peer, entry, mayWait: false, out _);
        if (result != SendResult.Accepted)
        {
            entry.Message.Buffer.Release();
        }

        return result;
    }

    private SendResult Offer(Peer peer, in OutboxEntry entry, bool mayWait, out Task? waiting)
    {
        waiting = null;
        bool wake = false;
        lock (_lock)
        {
            SendResult result = Judge(entry.Message, entry.Lane);
            if (result == SendResult.Accepted && IsFull(entry.Lane))
            {
                waiting = mayWait ? Wait(entry) : null;
                result = SendResult.QueueFull;
            }

            if (result != SendResult.Accepted)
            {
                return result;
            }

            Add(entry);
            wake = !_isWoken;
            _isWoken = true;
        }

        if (wake)
        {
            peer.Actor.Tell(PeerMessages.OutboxFilled.Instance, ActorRefs.NoSender);
        }

        return SendResult.Accepted;
    }

    /// <summary>Takes what has come; the entries are the caller's until the next call. The PeerActor's turn only.</summary>
    /// <param name="queued">Bytes in the session's lanes now.</param>
    /// <param name="now">The time.</param>
    public ReadOnlySpan<OutboxEntry> Take(in QueuedBytes queued, TimeSpan now)
    {
        lock (_lock)
        {
            _queued = queued;
            Admit(now);
            if (_count == 0)
            {
                _isWoken = false;
                return default;
            }

            (_posted, _taken) = (_taken, _posted);
            int count = _count;
            _queued = _queued.With(_postedBytes);
            _postedBytes = default;
            _count = 0;
            return _taken.AsSpan(0, count);
        }
    }

    /// <summary>The turn is over.</summary>
    /// <param name="queued">Bytes in the lanes.</param>
    /// <param name="heldBytes">Bytes that the session holds for the peer, those in the lanes included.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether something has come that nobody has been woken for.</returns>
    public bool EndTurn(in QueuedBytes queued, long heldBytes, TimeSpan now)
    {
        lock (_lock)
        {
            _queued = queued;
            _heldBytes = heldBytes;
            Admit(now);
            _isWoken = _count > 0;
            return _isWoken;
        }
    }

    /// <summary>Gives back what a burst has left behind.</summary>
    public void Trim()
    {
        lock (_lock)
        {
            if (_count == 0 && (_posted.Length > KeptEntries || _taken.Length > KeptEntries))
            {
                _posted = [];
                _taken = [];
            }
        }
    }

    private bool IsFull(Lane lane) => _waiting[(int)lane - 1] is { Count: > 0 } || BytesFor(lane) >= capacity;

    private long BytesFor(Lane lane) => _postedBytes.For(lane) + _queued.For(lane);

    private SendResult Judge(in EncodedMessage message, Lane lane) =>
        !_isOpen ? SendResult.NotConnected
        : message.Length > _maxMessage ? SendResult.TooLong
        : IsFull(lane) && (_waitingCount >= MaxWaiting || _waitingBytes >= MaxWaitingBytes || memory.IsTight) ? SendResult.QueueFull
        : SendResult.Accepted;

    private Task Wait(in OutboxEntry entry)
    {
        TaskCompletionSource promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (_waiting[(int)entry.Lane - 1] ??= new Queue<OutboxWaiter>()).Enqueue(new OutboxWaiter(entry, promise));
        _waitingCount++;
        _waitingBytes += entry.Message.Length;
        memory.Charge(entry.Message.Length);
        return promise.Task;
    }

    private static Task Refuse(in OutboxEntry entry, SendResult result, PeerAddress address)
    {
        entry.Message.Buffer.Release();
        return Task.FromException(new SendException(result, $"to {address}"));
    }

    private void Add(in OutboxEntry entry)
    {
        if (_count == _posted.Length)
        {
            Array.Resize(ref _posted, Math.Max(KeptEntries, 2 * _count));
        }

        _posted[_count++] = entry;
        _postedBytes = _postedBytes.With(entry.Lane, entry.Message.Length + CreditBook.PerMessage);
    }

    // Only from half the bound on, and then many at once: a sender that was woken for each message would sleep again behind it.
    private void Admit(TimeSpan now)
    {
        if (_waitingCount == 0)
        {
            return;
        }

        foreach (Lane lane in Lanes)
        {
            if (BytesFor(lane) <= capacity / 2)
            {
                Admit(lane, now);
            }
        }
    }

    private void Admit(Lane lane, TimeSpan now)
    {
        while (BytesFor(lane) < capacity && _waiting[(int)lane - 1]?.TryDequeue(out OutboxWaiter waiter) == true)
        {
            _waitingCount--;
            _waitingBytes -= waiter.Entry.Message.Length;
            memory.Charge(-waiter.Entry.Message.Length);
            if (waiter.Entry.Expires <= now)
            {
                waiter.Entry.Message.Buffer.Release();
                waiter.Promise.TrySetException(new SendException(SendResult.Expired, "it waited for room for too long"));
            }
            else
            {
                Add(waiter.Entry);
                waiter.Promise.TrySetResult();
            }
        }
    }
}
