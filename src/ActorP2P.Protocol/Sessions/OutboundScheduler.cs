namespace ActorP2P.Protocol;

/// <summary>
/// Sends this node's messages to the peer. They wait in lanes, are cut into frames, and are sent as far as the peer's
/// credit and its limit of open requests allow.
/// </summary>
internal sealed class OutboundScheduler(
    SessionSettings settings, MemoryBudget memory, OpenRequests requests, MissedBroadcasts missed, ControlQueue control,
    EffectQueue effects, SessionCounters counters, SendLanes lanes, StreamTable streams) : SendLanes.IGate
{
    private readonly SendLanes _lanes = lanes;
    private readonly CreditBook _credit = new();
    private int _maxRequests = SessionSettings.MinRequests;
    private OutboundMessagePool _pool;
    private FrameCutter _cutter;
    private OutboundMessage? _current;
    private HoldBatch _written;
    private ulong _lastMessageId;
    private TimeSpan _now;

    /// <summary>The messages that wait.</summary>
    public SendLanes Lanes => _lanes;

    /// <summary>The credit that the peer has granted.</summary>
    public CreditBook Credit => _credit;

    /// <summary>Whether the first message of a queue waits for the peer.</summary>
    public bool IsHeldUp => !_lanes.IsEmpty && _lanes.IsAnyHeldUp(this);

    /// <summary>The peer has announced its limits.</summary>
    public void OnHello(Hello hello)
    {
        _maxRequests = hello.MaxRequests;
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            _credit.Raise((CreditClass)i, hello.CreditWindows[i]);
        }
    }

    /// <summary>The peer has raised limits.</summary>
    public SessionFault? OnCredit(ReadOnlySpan<byte> payload) => _credit.Raise(payload);

    /// <summary>Rents a message object from the session's pool, to be queued or returned.</summary>
    public OutboundMessage Rent(
        FrameKind kind, ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner) =>
        _pool.Rent(kind, type, id, lane, body, owner);

    /// <summary>
    /// Queues a request, notify or broadcast, or releases it when there is no room. A broadcast displaces older ones of
    /// its lane; a dropped broadcast will be announced.
    /// </summary>
    public SendResult Enqueue(TimeSpan now, OutboundMessage message)
    {
        bool isBroadcast = message.Kind == FrameKind.Broadcast;
        if (isBroadcast && memory.IsShort)
        {
            counters.DroppedForMemory++;
            return Drop(now, message);
        }

        while (isBroadcast && IsFull(message.Lane) && _lanes.RemoveOldestBroadcast(message.Lane) is { } oldest)
        {
            Drop(now, oldest);
        }

        if (IsFull(message.Lane))
        {
            // Messages of other kinds fill the queue, and these are not displaced.
            return isBroadcast ? Drop(now, message) : Refuse(message, SendResult.QueueFull);
        }

        message.Id = message.Kind == FrameKind.Request ? message.Id : ++_lastMessageId;
        _lanes.Enqueue(message);
        return SendResult.Accepted;
    }

    /// <summary>Queues the answer to a request of the peer. There is always room: requests are bounded.</summary>
    public void EnqueueAnswer(OutboundMessage message)
    {
        requests.AddAnswer(message.Id);
        _lanes.Enqueue(message);
    }

    /// <summary>
    /// Queues a broadcast that the peer has asked for. Unlike a new one it displaces no other: without room it will be
    /// announced again.
    /// </summary>
    public SendResult EnqueueAgain(TimeSpan now, OutboundMessage message)
    {
        if (memory.IsShort || IsFull(message.Lane))
        {
            missed.Add(now, message);
            return Refuse(message, SendResult.QueueFull);
        }

        SendResult result = Enqueue(now, message);
        counters.ResentBroadcasts += result == SendResult.Accepted ? 1 : 0;
        return result;
    }

    /// <summary>Releases a message that is in no lane.</summary>
    /// <returns>The given result.</returns>
    public SendResult Refuse(OutboundMessage message, SendResult result)
    {
        message.Owner?.Release();
        _pool.Return(message);
        return result;
    }

    /// <summary>The next frame of a message. <see cref="OnFrameWritten"/> must follow before the next frame.</summary>
    public bool TryGetFrame(TimeSpan now, out OutboundFrame frame)
    {
        _now = now;
        _current = NextUnexpired();
        if (_current is null)
        {
            frame = default;
            return false;
        }

        Cut(_current, out frame);
        return true;
    }

    /// <exception cref="InvalidOperationException">The last frame has not been written yet.</exception>
    public void ThrowIfFrameIsOut()
    {
        if (_current is not null)
        {
            throw new InvalidOperationException("The last frame must be written before the next is asked for.");
        }
    }

    /// <summary>The last frame has been written or copied.</summary>
    public void OnFrameWritten()
    {
        OutboundMessage? sent = _current;
        _current = null;
        if (sent is null || sent.Sent < sent.Body.Length)
        {
            return;
        }

        _lanes.RemoveFirst(sent);
        if (sent.Stream is { } stream)
        {
            streams.OnFrameWritten(stream);
            return;
        }

        counters.Sent.Add(sent.Class, sent.Body.Length);
        if (sent.Kind == FrameKind.Broadcast && FrameCutter.IsFragmented(sent))
        {
            missed.OnSent(_now, sent);
        }

        _written.Add(sent.Owner);
        if (_lanes.IsEmpty)
        {
            _written.Flush();
        }

        Forget(sent);
    }

    /// <summary>Removes a request of this node, wherever it is queued, and releases it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="hasBegun">Whether its sending has begun: then it is first in its queue or already sent.</param>
    public void RemoveRequest(ulong id, bool hasBegun)
    {
        OutboundMessage? message = hasBegun
            ? _lanes.RemoveBegun(FrameKind.Request, id)
            : _lanes.Remove(CreditClass.Request, id);
        if (message is not null)
        {
            Release(message);
        }
    }

    /// <summary>The receiver asks to hold a message until it has room, or to resume it.</summary>
    public void Hold(FrameKind kind, ulong id, bool isHeld)
    {
        if (_lanes.FindBegun(kind, id) is { } message)
        {
            message.IsHeld = isHeld;
        }
    }

    /// <summary>The peer has no room for a broadcast. It will be announced.</summary>
    public void OnBroadcastRefused(TimeSpan now, ulong id) =>
        missed.OnRefused(now, id, _lanes.FindBegun(FrameKind.Broadcast, id));

    /// <summary>Stops a message whose sending has begun.</summary>
    public void StopBegun(FrameKind kind, ulong id)
    {
        if (_lanes.RemoveBegun(kind, id) is { } message)
        {
            Stop(message);
        }
    }

    /// <summary>Stops the answer to a request of the peer, wherever it is queued.</summary>
    public void StopAnswer(ulong id)
    {
        if (requests.IsAnswerQueued(id) && _lanes.Remove(CreditClass.Response, id) is { } message)
        {
            Stop(message);
        }
    }

    /// <summary>Drops messages that have expired before their sending began.</summary>
    public void DropExpired(TimeSpan now) => _lanes.RemoveExpired(now).ForEach(Expire);

    /// <summary>Frees the memory that a quiet session does not need.</summary>
    public void Trim()
    {
        _pool.Clear();
        _lanes.Trim();
    }

    /// <summary>Releases all messages, at the end of the session.</summary>
    public void Clear()
    {
        _lanes.Clear();
        _written.Flush();
        _current = null;
    }

    bool SendLanes.IGate.MaySend(OutboundMessage message)
    {
        // An expired message needs no credit, because it is dropped. It must not block the messages behind it. A stream
        // takes a turn only when it has credit.
        if (message.Stream is not null || IsExpired(message))
        {
            return true;
        }

        bool begins = message.Sent == 0 && message.Kind == FrameKind.Request;
        return !message.IsHeld && (!begins || requests.Own < _maxRequests) && HasCredit(message);
    }

    bool SendLanes.IGate.IsHeldUp(OutboundMessage message) =>
        message.Stream is null && (message.IsHeld || !HasCredit(message));

    private bool IsFull(Lane lane) => _lanes.BytesUpTo(lane) >= settings.MaxQueued;

    private SendResult Drop(TimeSpan now, OutboundMessage message)
    {
        counters.DroppedBroadcasts++;
        missed.Add(now, message);
        return Refuse(message, SendResult.QueueFull);
    }

    private void Release(OutboundMessage message)
    {
        message.Owner?.Release();
        Forget(message);
    }

    /// <summary>
    /// Releases a message that was removed from its lane. If the peer has a part of it, a reset says that no more will
    /// come.
    /// </summary>
    private void Stop(OutboundMessage message)
    {
        bool isUnderWay = message.Sent > 0 && message.Sent < message.Body.Length;
        FrameKind kind = message.Kind;
        ulong id = message.Id;
        Release(message);
        if (isUnderWay)
        {
            control.AddReset(kind, id, ResetReason.Stopped);
        }
    }

    private bool HasCredit(OutboundMessage message) =>
        _credit.Has(message.Class, FrameCutter.NextLength(message) + CreditBook.PerMessage);

    private bool IsExpired(OutboundMessage message) => message.Sent == 0 && message.Expires <= _now;

    private OutboundMessage? NextUnexpired()
    {
        while (_lanes.Next(this) is { } message)
        {
            if (message.Stream is { } stream ? stream.IsReady : !IsExpired(message))
            {
                return message;
            }

            _lanes.RemoveFirst(message);
            if (message.Stream is { } over)
            {
                StreamTable.OnTurnDropped(over);
            }
            else
            {
                Expire(message);
            }
        }

        return null;
    }

    private void Expire(OutboundMessage message)
    {
        counters.ExpiredMessages++;
        effects.Add(new SessionEvent.MessageExpired(message.Kind, message.Id));
        Release(message);
    }

    /// <summary>Reuses a message object that has left its lane and no longer holds its buffer.</summary>
    private void Forget(OutboundMessage message)
    {
        if (message.Class == CreditClass.Response)
        {
            requests.RemoveAnswer(message.Id);
        }

        // The message may be dropped after its last frame was taken and before that frame is reported as written.
        _current = _current == message ? null : _current;
        _pool.Return(message);
    }

    private void Cut(OutboundMessage message, out OutboundFrame frame)
    {
        if (message.Stream is { } stream)
        {
            streams.Cut(stream, out frame);
            _lanes.Charge(message.Lane, (int)frame.Header.Length + CreditBook.PerMessage);
            return;
        }

        if (message.Sent == 0 && message.Kind == FrameKind.Request)
        {
            requests.AddOwn(message.Id);
        }

        _cutter.Cut(_now, message, out frame);
        int charge = (int)frame.Header.Length + CreditBook.PerMessage;
        _credit.TryUse(message.Class, charge);
        _lanes.Charge(message.Lane, charge);
    }
}
