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
    private Queue<OutboxWaiter>? _waiting;
    private OutboxEntry[] _posted = [];
    private OutboxEntry[] _taken = [];
    private int _count;
    private long _postedBytes;
    private long _queuedBytes;
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
                return _heldBytes + _postedBytes + _waitingBytes;
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
        Queue<OutboxWaiter>? waiting;
        lock (_lock)
        {
            _isOpen = false;
            (waiting, _waiting) = (_waiting, null);
            memory.Charge(-_waitingBytes);
            _waitingBytes = 0;
        }

        while (waiting is not null && waiting.TryDequeue(out OutboxWaiter waiter))
        {
            waiter.Entry.Message.Buffer.Release();
            waiter.Promise.TrySetException(new SendException(SendResult.NotConnected, "the connection has ended"));
        }
    }

    /// <summary>Posts a message; its buffer is released in every case, when it is sent, dropped or not taken.</summary>
    /// <returns>Completed when the message is in; or to be completed; or failed with a <see cref="SendException"/>.</returns>
    public Task Post(Peer peer, in EncodedMessage message, Lane lane)
    {
        OutboxEntry entry = new(message, lane);
        SendResult result;
        bool wake = false;
        lock (_lock)
        {
            result = Judge(message);
            if (result == SendResult.Accepted && IsFull)
            {
                return Wait(entry);
            }

            if (result == SendResult.Accepted)
            {
                Add(entry);
                wake = !_isWoken;
                _isWoken = true;
            }
        }

        if (wake)
        {
            peer.Actor.Tell(PeerMessages.OutboxFilled.Instance, ActorRefs.NoSender);
        }

        return result == SendResult.Accepted ? Task.CompletedTask : Refuse(entry, result, peer.Address);
    }

    /// <summary>Takes what has come; the entries are the caller's until the next call. The PeerActor's turn only.</summary>
    /// <param name="queuedBytes">Bytes in the session's lanes now.</param>
    public ReadOnlySpan<OutboxEntry> Take(long queuedBytes)
    {
        lock (_lock)
        {
            _queuedBytes = queuedBytes;
            Admit();
            if (_count == 0)
            {
                _isWoken = false;
                return default;
            }

            (_posted, _taken) = (_taken, _posted);
            int count = _count;
            _queuedBytes += _postedBytes;
            _postedBytes = 0;
            _count = 0;
            return _taken.AsSpan(0, count);
        }
    }

    /// <summary>The turn is over.</summary>
    /// <param name="queuedBytes">Bytes in the lanes.</param>
    /// <param name="heldBytes">Bytes that the session holds for the peer, those in the lanes included.</param>
    /// <returns>Whether something has come that nobody has been woken for.</returns>
    public bool EndTurn(long queuedBytes, long heldBytes)
    {
        lock (_lock)
        {
            _queuedBytes = queuedBytes;
            _heldBytes = heldBytes;
            Admit();
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

    private bool IsFull => _waiting is { Count: > 0 } || _postedBytes + _queuedBytes >= capacity;

    private SendResult Judge(in EncodedMessage message) =>
        !_isOpen ? SendResult.NotConnected
        : message.Length > _maxMessage ? SendResult.TooLong
        : IsFull && (_waiting is { Count: >= MaxWaiting } || _waitingBytes >= MaxWaitingBytes || memory.IsTight) ? SendResult.QueueFull
        : SendResult.Accepted;

    private Task Wait(in OutboxEntry entry)
    {
        TaskCompletionSource promise = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (_waiting ??= new Queue<OutboxWaiter>()).Enqueue(new OutboxWaiter(entry, promise));
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
        _postedBytes += entry.Message.Length + CreditBook.PerMessage;
    }

    // Only from half the bound on, and then many at once: a sender that was woken for each message would sleep again behind it.
    private void Admit()
    {
        if (_waiting is not { Count: > 0 } || _postedBytes + _queuedBytes > capacity / 2)
        {
            return;
        }

        while (_postedBytes + _queuedBytes < capacity && _waiting.TryDequeue(out OutboxWaiter waiter))
        {
            Add(waiter.Entry);
            _waitingBytes -= waiter.Entry.Message.Length;
            memory.Charge(-waiter.Entry.Message.Length);
            waiter.Promise.TrySetResult();
        }
    }
}
