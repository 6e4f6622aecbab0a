using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Passes requests and notifies from any thread to a peer's send queue, and alone decides whether a message is
/// accepted, waits for room, or is refused. While there is room, a message costs one short lock and neither a promise
/// nor a thread switch: the PeerActor is woken once and takes all messages. Without room a message waits, in the order
/// of its lane.
/// </summary>
internal sealed class Outbox
{
    // The object is its own lock, because a Lock would take 40 bytes of every connection.

    // The entries that a quiet outbox keeps room for.
    private const int KeptEntries = 16;

    // The lanes by urgency; their numbers begin at 1.
    private static readonly Lane[] s_lanes = [Lane.High, Lane.Normal, Lane.Bulk];

    private readonly int _capacity;
    private readonly PeerAddress _address;
    private readonly WaitingLines _waiting;
    private OutboxState _state;
    private OutboxEntry[] _posted = [];
    private OutboxEntry[] _taken = [];
    private int _count;
    private QueuedBytes _postedBytes;
    private QueuedBytes _queued;
    private long _heldBytes;
    private int _maxMessage = int.MaxValue;
    private bool _isWoken;

    /// <summary>Makes an outbox.</summary>
    /// <param name="role">Whether this node dialled. If it did, requests may follow its hello.</param>
    /// <param name="address">The peer's address, for error messages.</param>
    /// <param name="capacity">The bytes, here and in the session's lanes together, from which on messages wait.</param>
    /// <param name="memory">The node's memory budget, which is charged for waiting messages.</param>
    public Outbox(SessionRole role, PeerAddress address, int capacity, MemoryBudget memory)
    {
        _state = role == SessionRole.Initiator ? OutboxState.Early : OutboxState.Closed;
        _address = address;
        _capacity = capacity;
        _waiting = new WaitingLines(memory);
    }

    /// <summary>
    /// Whether no message is posted. The value may be outdated, but no message is missed: posting into an empty outbox
    /// wakes the actor.
    /// </summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Bytes that the node holds for the peer, here and in its session, as of the last turn.</summary>
    public long Weight
    {
        get
        {
            lock (this)
            {
                return _heldBytes + _postedBytes.Bulk + _waiting.Bytes;
            }
        }
    }

    /// <summary>Opens the outbox, because the peer's hello has arrived.</summary>
    /// <param name="maxMessage">The longest message that the peer accepts, in bytes.</param>
    public void Open(int maxMessage)
    {
        lock (this)
        {
            _maxMessage = maxMessage;
            _state = OutboxState.Open;
        }
    }

    /// <summary>Accepts no more messages. Waiting messages are refused; posted ones can still be taken.</summary>
    /// <param name="outcomes">Where waiting requests are reported; null when they end with the link.</param>
    public void Close(AskOutcomes? outcomes)
    {
        List<OutboxWaiter> waiting;
        lock (this)
        {
            _state = OutboxState.Closed;
            waiting = _waiting.TakeAll();
        }

        waiting.ForEach(waiter => Fail(waiter, SendResult.NotConnected, "the connection has ended", outcomes));
    }

    /// <summary>Posts a notify. Its buffer is released in every case: when it is sent, dropped or refused.</summary>
    /// <param name="actor">The PeerActor.</param>
    /// <param name="entry">The message.</param>
    /// <param name="giveUpAt">
    /// When it stops waiting for room, even if it has not expired; null for its expiry only.
    /// </param>
    /// <returns>
    /// A task that completes when the message is accepted, or fails with a <see cref="SendException"/>.
    /// </returns>
    public Task Post(IActorRef actor, in OutboxEntry entry, TimeSpan? giveUpAt)
    {
        OutboxWaiter waiter = new(entry, entry.Expires < giveUpAt || giveUpAt is null ? entry.Expires : giveUpAt, null);
        SendResult result = Offer(actor, waiter, mayWait: true, out Task? waiting);
        if (result == SendResult.Accepted)
        {
            return waiting ?? Task.CompletedTask;
        }

        entry.Message.Buffer.Release();
        return Task.FromException(new SendException(result, $"to {_address}"));
    }

    /// <summary>Posts a notify if there is room for it now. Its buffer is released in every case.</summary>
    public SendResult TryPost(IActorRef actor, in OutboxEntry entry)
    {
        SendResult result = Offer(actor, new OutboxWaiter(entry, null, null), mayWait: false, out _);
        if (result != SendResult.Accepted)
        {
            entry.Message.Buffer.Release();
        }

        return result;
    }

    /// <summary>Posts a request, which may wait for room.</summary>
    /// <returns>Accepted when it is posted or waits. Otherwise the caller still has to release its buffer.</returns>
    public SendResult PostRequest(IActorRef actor, in OutboxEntry entry) =>
        Offer(actor, new OutboxWaiter(entry, entry.Expires, null), mayWait: true, out _);

    /// <summary>
    /// Takes the posted messages; the returned entries are valid until the next call. Messages that have waited too
    /// long are given up. Call it in the PeerActor's turn only.
    /// </summary>
    /// <param name="session">
    /// The session, which gives the bytes in its lanes. Once it ends, no waiting message is admitted.
    /// </param>
    /// <param name="now">The time.</param>
    /// <param name="outcomes">Where requests that are given up are reported.</param>
    /// <param name="expired">The number of messages that were given up.</param>
    public ReadOnlySpan<OutboxEntry> Take(PeerSession session, TimeSpan now, AskOutcomes outcomes, out int expired)
    {
        List<OutboxWaiter> overdue;
        int count;
        lock (this)
        {
            _queued = QueuedBytes.Of(session);
            overdue = _waiting.TakeOverdue(now);
            if (_waiting.Count > 0 && session.State < SessionState.Draining)
            {
                Admit();
            }

            count = _count;
            _isWoken = count > 0;
            if (count > 0)
            {
                (_posted, _taken) = (_taken, _posted);
                _queued = _queued.With(_postedBytes);
                _postedBytes = default;
                _count = 0;
            }
        }

        expired = GiveUp(overdue, outcomes);
        return _taken.AsSpan(0, count);
    }

    /// <summary>Removes a request that is no longer wanted, if it waits for room.</summary>
    public bool TryCancel(ulong request)
    {
        OutboxWaiter waiter;
        lock (this)
        {
            if (!_waiting.TryRemoveRequest(request, out waiter))
            {
                return false;
            }
        }

        waiter.Entry.Message.Buffer.Release();
        return true;
    }

    /// <summary>Ends a turn of the actor.</summary>
    /// <param name="session">
    /// The session, which gives the bytes in its lanes and the bytes held for the peer in all.
    /// </param>
    /// <param name="nextGiveUp">
    /// A time no later than when the next waiting message gives up; null when none does.
    /// </param>
    /// <returns>Whether a message was posted without waking the actor.</returns>
    public bool EndTurn(PeerSession session, out TimeSpan? nextGiveUp)
    {
        lock (this)
        {
            _queued = QueuedBytes.Of(session);
            _heldBytes = session.HeldBytes;
            _isWoken = _count > 0;
            nextGiveUp = _waiting.NextGiveUp;
            return _isWoken;
        }
    }

    /// <summary>Frees the memory that a burst needed.</summary>
    public void Trim()
    {
        lock (this)
        {
            if (_count == 0 && (_posted.Length > KeptEntries || _taken.Length > KeptEntries))
            {
                _posted = [];
                _taken = [];
            }
        }
    }

    private SendResult Offer(IActorRef actor, in OutboxWaiter offered, bool mayWait, out Task? waiting)
    {
        waiting = null;
        bool wakes;
        lock (this)
        {
            OutboxEntry entry = offered.Entry;
            SendResult result = Check(entry, mayWait);
            if (result != SendResult.Accepted)
            {
                return result;
            }

            if (HasRoomFor(entry))
            {
                Add(entry);
                wakes = true;
            }
            else
            {
                TimeSpan? before = _waiting.NextGiveUp;
                waiting = Wait(offered);

                // The actor's timer must be set for it.
                wakes = _waiting.NextGiveUp != before;
            }

            wakes &= !_isWoken;
            _isWoken |= wakes;
        }

        if (wakes)
        {
            actor.Tell(PeerMessages.OutboxFilled.Instance, ActorRefs.NoSender);
        }

        return SendResult.Accepted;
    }

    private SendResult Check(in OutboxEntry entry, bool mayWait) =>
        _state == OutboxState.Closed ? SendResult.NotConnected
        : _state == OutboxState.Early && entry.Kind != FrameKind.Request ? SendResult.NotConnected
        : entry.Message.Length > _maxMessage ? SendResult.TooLong
        : !HasRoomFor(entry) && (!mayWait || _waiting.AreFull) ? SendResult.QueueFull
        : SendResult.Accepted;

    private bool HasRoomFor(in OutboxEntry entry) => !_waiting.AnyIn(entry.Lane) && Fits(entry);

    // Before the peer's hello, a message longer than every node accepts has to wait.
    private bool Fits(in OutboxEntry entry) => BytesFor(entry.Lane) < _capacity
        && (_state != OutboxState.Early || entry.Message.Length <= SessionSettings.MaxEarlyRequest);

    private long BytesFor(Lane lane) => _postedBytes.For(lane) + _queued.For(lane);

    private Task? Wait(in OutboxWaiter waiter)
    {
        TaskCompletionSource? promise = waiter.Entry.Kind == FrameKind.Request
            ? null
            : new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Add(waiter with { Promise = promise });
        return promise?.Task;
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

    private void Admit()
    {
        foreach (Lane lane in s_lanes)
        {
            bool mayAdmit = MayAdmit(lane);
            while (mayAdmit && _waiting.TryPeek(lane, out OutboxWaiter waiter) && Fits(waiter.Entry))
            {
                _waiting.RemoveFirst(lane);
                Add(waiter.Entry);
                waiter.Promise?.TrySetResult();
            }
        }
    }

    // Messages are admitted from half the bound on, and then many at once. A sender woken for each message would have
    // to wait again after each one.
    private bool MayAdmit(Lane lane) => BytesFor(lane) <= _capacity / 2
        && _waiting.TryPeek(lane, out OutboxWaiter first) && Fits(first.Entry);

    private int GiveUp(List<OutboxWaiter> overdue, AskOutcomes outcomes)
    {
        overdue.ForEach(waiter => Fail(waiter, SendResult.Expired, "it waited for room for too long", outcomes));
        return overdue.Count;
    }

    private void Fail(in OutboxWaiter waiter, SendResult result, string detail, AskOutcomes? outcomes)
    {
        waiter.Entry.Message.Buffer.Release();
        if (waiter.Entry.Kind == FrameKind.Request)
        {
            outcomes?.Add(AskOutcome.NotTaken(new RequestId(waiter.Entry.Id), result, _address));
        }
        else
        {
            waiter.Promise!.TrySetException(new SendException(result, detail));
        }
    }
}
