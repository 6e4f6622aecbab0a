using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <content>What this node sends: queued in lanes, cut into fragments, and sent as credit allows.</content>
public sealed partial class PeerSession
{
    private readonly Queue<ControlFrame> _control = new();
    private readonly SendLanes _lanes = new();
    private readonly CreditBook _credit = new();
    private readonly HashSet<ulong> _openOutbound = [];
    private readonly Predicate<OutboundMessage> _maySend;
    private readonly byte[] _prefix = new byte[CreditBook.Classes * FrameRules.CreditEntry];
    private OutboundMessage? _current;
    private TimeSpan? _blockedSince;
    private int _queuedPongs;
    private int _creditDue;
    private ulong _lastMessageId;

    /// <summary>Bytes that wait in the lanes.</summary>
    public long QueuedBytes => _lanes.Bytes;

    /// <summary>Broadcasts dropped because the peer takes them more slowly than they come.</summary>
    public long DroppedBroadcasts { get; private set; }

    /// <summary>Queues a request, notify or broadcast. Its buffer is released in every case: when sent, dropped or not taken.</summary>
    public SendResult Send(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
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

    /// <summary>Queues the response, or the error, that answers an open request of the peer.</summary>
    public SendResult Respond(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        SendResult result = !_openInbound.Contains(message.Id) ? SendResult.NoLongerWanted
            : message.Body.Length > RemoteHello!.MaxMessage ? SendResult.TooLong
            : SendResult.Accepted;
        if (result == SendResult.Accepted)
        {
            _openInbound.Remove(message.Id);
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
        bool open = _openOutbound.Remove(id);
        OutboundMessage? queued = _lanes.Remove(FrameKind.Request, id);
        queued?.Owner?.Release();
        if (open && State is not (SessionState.Refusing or SessionState.Closed))
        {
            QueueControl(FrameKind.Cancel, id, []);
        }

        AdvanceDrain();
    }

    /// <summary>The next frame to write, or none. Once it is written or copied, <see cref="FrameWritten"/> must be called.</summary>
    public bool TryNextFrame(out OutboundFrame frame)
    {
        if (_control.TryDequeue(out ControlFrame control))
        {
            _queuedPongs -= control.Kind == FrameKind.Pong ? 1 : 0;
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

        _current = _lanes.Next(_maySend);
        frame = _current is null ? default : Cut(_current);
        return _current is not null;
    }

    /// <summary>The frame last given by <see cref="TryNextFrame"/> has been written or copied.</summary>
    public void FrameWritten()
    {
        if (_current is { } sent && sent.Sent == sent.Body.Length)
        {
            _lanes.RemoveFirst(sent);
            sent.Owner?.Release();
            AdvanceDrain();
        }

        _current = null;
    }

    /// <summary>Frames wait, and the writer has no room for them.</summary>
    public void WriterBlocked(TimeSpan now) => _blockedSince ??= now;

    /// <summary>The kernel has taken bytes.</summary>
    public void WriterProgressed() => _blockedSince = null;

    private SendResult Judge(OutboundMessage message)
    {
        bool open = State == SessionState.Ready || (State == SessionState.AwaitingHelloAck && message.Kind == FrameKind.Request);
        if (!open)
        {
            return SendResult.NotConnected;
        }

        if (message.Body.Length > (RemoteHello?.MaxMessage ?? _settings.MaxMessage))
        {
            return SendResult.TooLong;
        }

        while (message.Kind == FrameKind.Broadcast && _lanes.Bytes >= _settings.MaxQueued
            && _lanes.RemoveOldestBroadcast(message.Lane) is { } oldest)
        {
            oldest.Owner?.Release();
            DroppedBroadcasts++;
        }

        return _lanes.Bytes < _settings.MaxQueued ? SendResult.Accepted : SendResult.QueueFull;
    }

    private bool MaySend(OutboundMessage message)
    {
        bool begins = message.Sent == 0;
        if (begins && message.Kind == FrameKind.Request
            && _openOutbound.Count >= (RemoteHello?.MaxRequests ?? SessionSettings.MinRequests))
        {
            return false;
        }

        return _credit.Has(message.Class, FrameLength(message) + (begins ? CreditBook.PerMessage : 0));
    }

    private static bool IsFragmented(OutboundMessage message) => message.Body.Length > SessionSettings.MaxFragment;

    private static int FrameLength(OutboundMessage message) => message.Sent == 0 && IsFragmented(message)
        ? SessionSettings.MaxFragment
        : Math.Min(SessionSettings.MaxFragment, message.Body.Length - message.Sent);

    private OutboundFrame Cut(OutboundMessage message)
    {
        int length = FrameLength(message);
        bool begins = message.Sent == 0;
        _credit.TryUse(message.Class, length + (begins ? CreditBook.PerMessage : 0));
        if (begins && message.Kind == FrameKind.Request)
        {
            _openOutbound.Add(message.Id);
        }

        FrameFlags flags = (FrameFlags)message.Lane;
        int prefix = 0;
        if (begins && IsFragmented(message))
        {
            flags |= FrameFlags.First;
            prefix = Varint.Write(_prefix, (ulong)message.Body.Length);
        }

        ReadOnlyMemory<byte> body = message.Body.Slice(message.Sent, length - prefix);
        message.Sent += body.Length;
        flags |= message.Sent < message.Body.Length ? FrameFlags.More : FrameFlags.None;
        return new OutboundFrame(
            new FrameHeader((uint)length, message.Kind, flags, message.Type, message.Id), _prefix.AsMemory(0, prefix), body, message.Owner);
    }

    private OutboundFrame CreditFrame()
    {
        int size = 0;
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

    /// <summary>Takes a message out of its lane. If part of it has been sent, the peer is told that no more will come.</summary>
    private void DropOutbound(FrameKind kind, ulong id)
    {
        OutboundMessage? message = _lanes.Remove(kind, id);
        if (message is not null)
        {
            message.Owner?.Release();
            if (message.Sent > 0)
            {
                QueueReset(kind, id, ResetReason.Stopped);
            }
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
