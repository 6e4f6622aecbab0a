using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <content>What this node sends: queued in lanes, cut into fragments, and sent as credit allows.</content>
internal sealed partial class PeerSession
{
    private readonly Queue<ControlFrame> _control = new();
    private readonly SendLanes _lanes = new();
    private readonly CreditBook _credit = new();
    private IdSet _openOutbound;
    private IdSet _queuedAnswers;
    private byte[] _prefix = [];
    private OutboundMessage? _current;
    private HoldBatch _written;
    private TimeSpan? _blockedSince;
    private TimeSpan? _heldUpSince;
    private bool _heldUpByWriter;
    private int _queuedPongs;
    private int _creditDue;
    private ulong _lastMessageId;
    private TimeSpan _sendingAt;

    /// <summary>Bytes that wait in the lanes.</summary>
    public long QueuedBytes => _lanes.Bytes;

    /// <summary>
    /// Bytes that a new message of a lane would wait for, and by which the queue is full for it: those in the lane and in the more
    /// urgent ones. What is less urgent keeps nobody out.
    /// </summary>
    public long QueuedBytesFor(Lane lane) => _lanes.BytesUpTo(lane);

    /// <summary>
    /// Bytes of responses and errors among them. They go whatever the peer's handlers do, and so bound ours safely.
    /// </summary>
    public long QueuedReplyBytesFor(Lane lane) => _lanes.BytesOf(CreditClass.Response, lane);

    /// <summary>Notifies and requests that left their lane unsent, because nobody wanted them any more.</summary>
    public long ExpiredMessages { get; private set; }

    /// <summary>Queues a request, notify or broadcast. Its buffer is released in every case: when sent, dropped or not taken.</summary>
    /// <exception cref="ArgumentException">The message is an answer.</exception>
    public SendResult Send(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ThrowIf(message.Class == CreditClass.Response, message, nameof(Respond));
        SendResult result = Judge(message);
        if (result == SendResult.Accepted)
        {
            if (message.Kind != FrameKind.Request)
            {
                message.Id = ++_lastMessageId;
            }

            _lanes.Enqueue(message);
        }
        else
        {
            message.Owner?.Release();
        }

        return result;
    }

    /// <summary>Queues the response, or the error, that answers an open request of the peer. Its buffer is released in every case.</summary>
    /// <exception cref="ArgumentException">The message is no answer.</exception>
    public SendResult Respond(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        ThrowIf(message.Class != CreditClass.Response, message, nameof(Send));
        SendResult result = !_openInbound.Contains(message.Id) ? SendResult.NoLongerWanted
            : message.Body.Length > RemoteHello!.MaxMessage ? SendResult.TooLong
            : SendResult.Accepted;
        if (result == SendResult.Accepted)
        {
            _openInbound.Remove(message.Id);
            _queuedAnswers.Add(message.Id);
            _lanes.Enqueue(message);
        }
        else
        {
            message.Owner?.Release();
        }

        return result;
    }

    /// <summary>The answer to a request of ours is no longer wanted; the peer is told, if it knows of the request.</summary>
    public void Cancel(ulong id)
    {
        // What is open has begun to be sent; only what is not may stand anywhere in the queue.
        bool open = _openOutbound.Remove(id);
        Leave(open ? _lanes.RemoveBegun(FrameKind.Request, id) : _lanes.Remove(CreditClass.Request, id));
        if (open)
        {
            // Its answer may be under way already: the peer stops at the cancel, and what still comes is forgotten.
            _reassembly.Discard(FrameKind.Response, id);
            QueueControl(FrameKind.Cancel, id, []);
        }

        AdvanceDrain();
    }

    /// <summary>The time of the frames that are asked for next: what has expired by then is dropped instead of sent.</summary>
    public void SendAt(TimeSpan now) => _sendingAt = now;

    /// <summary>The next frame to write, or none. Once it is written or copied, <see cref="FrameWritten"/> must be called.</summary>
    /// <exception cref="InvalidOperationException">The frame before has not been written yet.</exception>
    public bool TryNextFrame(out OutboundFrame frame)
    {
        if (_current is not null)
        {
            throw new InvalidOperationException("The last frame must be written before the next is asked for.");
        }

        if (_control.TryDequeue(out ControlFrame control))
        {
            _queuedPongs -= control.Kind == FrameKind.Pong ? 1 : 0;
            if (_control.Count == 0)
            {
                // They are rare, and most peers quiet.
                _control.TrimExcess();
            }

            frame = new OutboundFrame(
                new FrameHeader((uint)control.Payload.Length, control.Kind, FrameFlags.None, 0, control.Id), control.Payload, default, null);
            return true;
        }

        if (State is SessionState.AwaitingHello or SessionState.Refusing or SessionState.Closed || _shutdownAsked)
        {
            frame = default;
            return false;
        }

        if (_creditDue != 0)
        {
            frame = CreditFrame();
            return true;
        }

        if (_missed is not null && MayAnnounce())
        {
            frame = AnnouncementFrame();
            return true;
        }

        _current = NextUnexpired();
        frame = _current is null ? default : Cut(_current);
        return _current is not null;
    }

    /// <summary>The frame last given by <see cref="TryNextFrame"/> has been written or copied.</summary>
    public void FrameWritten()
    {
        if (_current is { } sent && sent.Sent == sent.Body.Length)
        {
            _lanes.RemoveFirst(sent);
            _written.Add(sent.Owner);
            if (_lanes.IsEmpty)
            {
                _written.Flush();
            }

            Retire(sent);
            AdvanceDrain();
        }

        _current = null;
    }

    /// <summary>Since when frames wait and the writer has taken nothing; null while it takes them.</summary>
    public TimeSpan? BlockedSince => _blockedSince;

    /// <summary>Frames wait, and the writer has no room for them.</summary>
    public void WriterBlocked(TimeSpan now)
    {
        _blockedSince ??= now;
        _heldUpSince = _lanes.IsEmpty ? null : _heldUpSince ?? now;
        _heldUpByWriter = true;
    }

    /// <summary>All is written that may be: what is left waits for the peer.</summary>
    public void WriterIdle(TimeSpan now)
    {
        _blockedSince = null;
        _heldUpByWriter = false;
        _heldUpSince = _lanes.IsEmpty || !_lanes.IsAnyHeldUp(this) ? null : _heldUpSince ?? now;
    }

    /// <summary>The kernel has taken bytes.</summary>
    public void WriterProgressed() => _blockedSince = null;

    private SendResult Judge(OutboundMessage message)
    {
        // What the peer takes is known only from its hello; before, only what every node takes may follow ours.
        bool early = State == SessionState.AwaitingHelloAck && message.Kind == FrameKind.Request
            && message.Body.Length <= SessionSettings.MaxEarlyRequest;
        if (State != SessionState.Ready && !early)
        {
            return SendResult.NotConnected;
        }

        if (message.Body.Length > RemoteHello?.MaxMessage)
        {
            return SendResult.TooLong;
        }

        if (message.Kind == FrameKind.Broadcast && _memory.IsShort)
        {
            Drop(message);
            DroppedForMemory++;
            return SendResult.QueueFull;
        }

        while (message.Kind == FrameKind.Broadcast && _lanes.BytesUpTo(message.Lane) >= _settings.MaxQueued
            && _lanes.RemoveOldestBroadcast(message.Lane) is { } oldest)
        {
            Drop(oldest);
            Leave(oldest);
        }

        if (_lanes.BytesUpTo(message.Lane) < _settings.MaxQueued)
        {
            return SendResult.Accepted;
        }

        if (message.Kind == FrameKind.Broadcast)
        {
            // Other messages fill the queue, and they stay.
            Drop(message);
        }

        return SendResult.QueueFull;
    }

    private static void ThrowIf(bool misplaced, OutboundMessage message, string instead)
    {
        if (misplaced)
        {
            message.Owner?.Release();
            throw new ArgumentException($"A {message.Kind} goes through {instead}.", nameof(message));
        }
    }

    private OutboundMessage? NextUnexpired()
    {
        while (_lanes.Next(this) is { } message)
        {
            if (!IsExpired(message))
            {
                return message;
            }

            _lanes.RemoveFirst(message);
            Expire(message);
        }

        return null;
    }

    private void Expire(OutboundMessage message)
    {
        SessionEffect effect = new()
        {
            Kind = SessionEffectKind.Expired,
            Header = new FrameHeader(0, message.Kind, FrameFlags.None, message.Type, message.Id),
        };
        ExpiredMessages++;
        Leave(message);
        _effects.Enqueue(effect);
        AdvanceDrain();
    }

    private bool IsExpired(OutboundMessage message) => message.Sent == 0 && message.Expires <= _sendingAt;

    bool ILaneGate.MaySend(OutboundMessage message)
    {
        // Needs no credit to leave, and would be in the way of those behind it.
        if (IsExpired(message))
        {
            return true;
        }

        if (message.IsHeld || (message.Sent == 0 && message.Kind == FrameKind.Request
            && _openOutbound.Count >= (RemoteHello?.MaxRequests ?? SessionSettings.MinRequests)))
        {
            return false;
        }

        return HasCredit(message);
    }

    private bool HasCredit(OutboundMessage message) => _credit.Has(message.Class, FrameLength(message) + CreditBook.PerMessage);

    bool ILaneGate.IsHeldUp(OutboundMessage message) => message.IsHeld || !HasCredit(message);

    private static int HeaderRoom(OutboundMessage message) => message.Expires is null ? 0 : TaggedHeaders.MaxExpirySize;

    private static bool IsFragmented(OutboundMessage message) => message.Body.Length + HeaderRoom(message) > SessionSettings.MaxFragment;

    // Of a whole message with headers it is the most that they could take; the frame may be some bytes shorter.
    private static int FrameLength(OutboundMessage message) => message.Sent > 0
        ? Math.Min(SessionSettings.MaxFragment, message.Body.Length - message.Sent)
        : IsFragmented(message) ? SessionSettings.MaxFragment : message.Body.Length + HeaderRoom(message);

    private OutboundFrame Cut(OutboundMessage message)
    {
        int length = FrameLength(message);
        _heldUpSince = null;
        bool begins = message.Sent == 0;
        if (begins && message.Kind == FrameKind.Request)
        {
            _openOutbound.Add(message.Id);
        }

        FrameFlags flags = (FrameFlags)message.Lane;
        int prefix = 0;
        if (begins && (IsFragmented(message) || message.Expires is not null))
        {
            NeedPrefix();
        }

        if (begins && IsFragmented(message))
        {
            flags |= FrameFlags.First;
            prefix = Varint.Write(_prefix, (ulong)message.Body.Length);
        }

        if (begins && message.Expires is { } expires)
        {
            flags |= FrameFlags.Tagged;
            double left = Math.Ceiling((expires - _sendingAt).TotalMilliseconds);
            prefix += TaggedHeaders.WriteExpiry(_prefix.AsSpan(prefix), (uint)Math.Clamp(left, 1, uint.MaxValue));
        }

        ReadOnlyMemory<byte> body = message.Body.Slice(message.Sent, Math.Min(length - prefix, message.Body.Length - message.Sent));
        length = prefix + body.Length;
        _credit.TryUse(message.Class, length + CreditBook.PerMessage);
        _lanes.Charge(message.Lane, length + CreditBook.PerMessage);
        message.Sent += body.Length;
        flags |= message.Sent < message.Body.Length ? FrameFlags.More : FrameFlags.None;
        return new OutboundFrame(
            new FrameHeader((uint)length, message.Kind, flags, message.Type, message.Id), _prefix.AsMemory(0, prefix), body, message.Owner);
    }

    private OutboundFrame CreditFrame()
    {
        int size = 0;
        NeedPrefix();
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            if ((_creditDue & (1 << i)) != 0)
            {
                _prefix[size] = (byte)i;
                BinaryPrimitives.WriteUInt64BigEndian(_prefix.AsSpan(size + 1), (ulong)_granted.Renew((CreditClass)i));
                size += FrameRules.CreditEntry;
            }
        }

        _creditDue = 0;
        return new OutboundFrame(
            new FrameHeader((uint)size, FrameKind.Credit, FrameFlags.None, 0, 0), _prefix.AsMemory(0, size), default, null);
    }

    private void NeedPrefix()
    {
        if (_prefix.Length == 0)
        {
            _prefix = new byte[CreditBook.Classes * FrameRules.CreditEntry];
        }
    }

    /// <summary>Stops a message in the middle. The peer is told that no more will come.</summary>
    private void StopOutbound(FrameKind kind, ulong id)
    {
        if (_lanes.RemoveBegun(kind, id) is { } message)
        {
            Stop(message);
        }
    }

    /// <summary>Drops the answer to a request of the peer, if it waits, wherever it stands.</summary>
    private void DropAnswer(ulong id)
    {
        if (_queuedAnswers.Contains(id) && _lanes.Remove(CreditClass.Response, id) is { } message)
        {
            Stop(message);
        }
    }

    private void Stop(OutboundMessage message)
    {
        bool begun = message.Sent > 0 && message.Sent < message.Body.Length;
        (FrameKind kind, ulong id) = (message.Kind, message.Id);
        Leave(message);
        if (begun)
        {
            QueueReset(kind, id, ResetReason.Stopped);
        }
    }

    private void QueueReset(FrameKind kind, ulong id, ResetReason reason)
    {
        byte[] payload = new byte[FrameRules.ResetSize];
        payload[0] = (byte)kind;
        BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(1), (ushort)reason);
        QueueControl(FrameKind.Reset, id, payload);
    }

    private void QueueControl(FrameKind kind, ulong id, byte[] payload)
    {
        if (_control.Count >= _settings.MaxQueuedControl && State != SessionState.Refusing)
        {
            // Only a peer that provokes answers and reads none of them gets here.
            Fail(_lastHeard, DisconnectReason.ControlOverflow, $"{_control.Count} control frames wait");
            return;
        }

        _control.Enqueue(new ControlFrame(kind, id, payload));
    }

    private readonly record struct ControlFrame(FrameKind Kind, ulong Id, byte[] Payload);
}
