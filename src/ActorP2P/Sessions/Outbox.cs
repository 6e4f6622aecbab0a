using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The way of requests and notifies from any thread into a peer's send queue, and the one place that decides whether a
/// message has room, waits, or is refused. While there is room a message is in with one short lock, no promise and no
/// hop; the PeerActor is woken once and takes all that has come. Without room it waits, in the order of its lane.
/// </summary>
internal sealed class Outbox
{
    // What an outbox keeps room for while it is quiet.
    private const int KeptEntries = 16;

    // The lanes by urgency; their numbers begin with 1.
    private static readonly Lane[] s_lanes = [Lane.High, Lane.Normal, Lane.Bulk];

    private readonly Lock _lock = new();
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
    /// <param name="role">Whether this node dialled: then requests may follow its hello.</param>
    /// <param name="address">The peer's, for messages to people.</param>
    /// <param name="capacity">Bytes here and in the session's lanes together at which messages wait.</param>
    /// <param name="memory">The node's memory: charged for what waits here.</param>
    public Outbox(SessionRole role, PeerAddress address, int capacity, MemoryBudget memory)
    {
        _state = role == SessionRole.Initiator ? OutboxState.Early : OutboxState.Closed;
        _address = address;
        _capacity = capacity;
        _waiting = new WaitingLines(memory);
    }

    /// <summary>
    /// Whether nothing has come; a hint, and right in the end: whoever posts into an empty outbox wakes the actor.
    /// </summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Bytes that the node holds for the peer, here and in its session, as of the last turn.</summary>
    public long Weight
    {
        get
        {
            lock (_lock)
            {
                return _heldBytes + _postedBytes.Bulk + _waiting.Bytes;
            }
        }
    }

    /// <summary>The peer has introduced itself.</summary>
    /// <param name="maxMessage">The longest message it takes.</param>
    public void Open(int maxMessage)
    {
        lock (_lock)
        {
            _maxMessage = maxMessage;
            _state = OutboxState.Open;
        }
    }

    /// <summary>Lets nothing in any more. What waits is refused; what is in can still be taken.</summary>
    /// <param name="outcomes">Where requests that waited are reported; null: they end with the link.</param>
    public void Close(AskOutcomes? outcomes)
    {
        List<OutboxWaiter> waiting;
        lock (_lock)
        {
            _state = OutboxState.Closed;
            waiting = _waiting.TakeAll();
        }

        waiting.ForEach(waiter => Fail(waiter, SendResult.NotConnected, "the connection has ended", outcomes));
    }

    /// <summary>Posts a notify; its buffer is released in every case, when it is sent, dropped or not taken.</summary>
    /// <param name="actor">The PeerActor.</param>
    /// <param name="entry">The message.</param>
    /// <param name="giveUpAt">When it waits for room no longer, though it has not expired.</param>
    /// <returns>
    /// Completed when the message is in; or to be completed; or failed with a <see cref="SendException"/>.
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

    /// <summary>Posts a notify if there is room for it now; its buffer is released in every case.</summary>
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
    /// <returns>Accepted: it is in, or waits. Else its buffer is still the caller's.</returns>
    public SendResult PostRequest(IActorRef actor, in OutboxEntry entry) =>
        Offer(actor, new OutboxWaiter(entry, entry.Expires, null), mayWait: true, out _);

    /// <summary>
    /// Takes what has come; the entries are the caller's until the next call. What has waited for too long is given up.
    /// The PeerActor's turn only.
    /// </summary>
    /// <param name="session">Says what its lanes hold; once it ends nothing that waits is let in.</param>
    /// <param name="now">The time.</param>
    /// <param name="outcomes">Where requests that are given up are reported.</param>
    /// <param name="expired">How many messages were given up.</param>
    public ReadOnlySpan<OutboxEntry> Take(PeerSession session, TimeSpan now, AskOutcomes outcomes, out int expired)
    {
        List<OutboxWaiter> overdue;
        int count;
        lock (_lock)
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

    /// <summary>Takes a request that nobody wants any more, if it waits.</summary>
    public bool TryCancel(ulong request)
    {
        OutboxWaiter waiter;
        lock (_lock)
        {
            if (!_waiting.TryRemoveRequest(request, out waiter))
            {
                return false;
            }
        }

        waiter.Entry.Message.Buffer.Release();
        return true;
    }

    /// <summary>The turn is over.</summary>
    /// <param name="session">Says what its lanes hold, and what it holds for the peer in all.</param>
    /// <param name="nextGiveUp">No later than the next message that waits gives up; null when none does.</param>
    /// <returns>Whether something has come that nobody has been woken for.</returns>
    public bool EndTurn(PeerSession session, out TimeSpan? nextGiveUp)
    {
        lock (_lock)
        {
            _queued = QueuedBytes.Of(session);
            _heldBytes = session.HeldBytes;
            _isWoken = _count > 0;
            nextGiveUp = _waiting.NextGiveUp;
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

    private SendResult Offer(IActorRef actor, in OutboxWaiter offered, bool mayWait, out Task? waiting)
    {
        waiting = null;
        bool wakes;
        lock (_lock)
        {
            OutboxEntry entry = offered.Entry;
            SendResult result = Judge(entry, mayWait);
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

                // The actor's timer is to be set for it.
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

    private SendResult Judge(in OutboxEntry entry, bool mayWait) =>
        _state == OutboxState.Closed ? SendResult.NotConnected
        : _state == OutboxState.Early && entry.Kind != FrameKind.Request ? SendResult.NotConnected
        : entry.Message.Length > _maxMessage ? SendResult.TooLong
        : !HasRoomFor(entry) && (!mayWait || _waiting.AreFull) ? SendResult.QueueFull
        : SendResult.Accepted;

    private bool HasRoomFor(in OutboxEntry entry) => !_waiting.AnyIn(entry.Lane) && Fits(entry);

    // Until the peer has said what it takes, what is longer than every node takes has no room.
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

    // Only from half the bound on, and then many at once: a sender that was woken for each message would sleep again
    // behind it.
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
