namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>One session of a <see cref="SessionTarget"/> with a shell that does its duties sooner or later.</summary>
internal sealed class SessionRun : IDisposable
{
    // The number of frames that a session may write in reaction to one input from either side: its queue and its
    // pending answers.
    private const int MostFrames = 2000;

    private static readonly byte[] Hello = FakePeer.Encode(Given.Hello(2));
    private static readonly byte[] Body = Given.Bytes(100_000);

    private readonly ReassemblyBudget _budget = new(4 << 20);
    private readonly MemoryBudget _memory;
    private readonly PeerSession _session;
    private readonly Random _random;
    private readonly List<InboundCharge> _unfinished = [];
    private readonly List<ulong> _asked = [];
    private readonly List<SharedBuffer> _sent = [];
    private readonly List<StreamState> _streams = [];
    private long _unread;
    private TimeSpan _now = TimeSpan.FromHours(1);
    private long _came;
    private bool _closed;

    public SessionRun(int state, int seed)
    {
        _random = new Random(seed);
        _memory = Given.Memory(_budget);
        _session = new PeerSession(
            state == 1 ? SessionRole.Initiator : SessionRole.Responder, Given.Hello(1), Given.Settings, _memory,
            (ulong)seed);
        _session.Start(_now);
        if (state >= 2)
        {
            Receive(new Frame(new FrameHeader((uint)Hello.Length, FrameKind.Hello, FrameFlags.None, 0, 0), Hello));
        }

        if (state >= 3)
        {
            Receive(new Frame(new FrameHeader(0, FrameKind.Ready, FrameFlags.None, 0, 0), default));
        }

        if (state == 4)
        {
            Send(FrameKind.Request);
            Send(FrameKind.Notify);
            _session.Close(_now, DisconnectReason.ShuttingDown, "bye");
        }
        else if (state == 5)
        {
            _session.Fail(_now, DisconnectReason.Penalised, "enough");
        }
    }

    public void Receive(in Frame frame)
    {
        _came += FrameHeader.Size + frame.Header.Length;
        _session.HandleFrame(_now, frame);
        TakeEffects();
        ActAndWrite();
        Check();
    }

    public void Oversized(in FrameHeader header)
    {
        _session.HandleOversizedFrame(_now, header);
        TakeEffects();
        Check();
    }

    /// <summary>
    /// Ends the connection by the session's own deadlines or by the peer. Afterwards every buffer must be returned.
    /// </summary>
    public void End()
    {
        for (int timers = 0; timers < 20 && !_closed && _random.Next(4) != 0; timers++)
        {
            _now = _session.Deadline!.Value;
            _session.OnTimer(_now);
            TakeEffects();
            ActAndWrite();
        }

        _session.OnTransportClosed(DisconnectReason.ConnectionReset, "");
        TakeEffects();
        _unfinished.ForEach(charge => _session.Finish(_now, charge));
        _asked.ForEach(id => Answer(id));
        Check();
        FuzzException.Unless(_closed && _session.State == SessionState.Closed, "the session has not ended");
        FuzzException.Unless(_session.Deadline is null, "an ended session has a deadline");
        FuzzException.Unless(!_session.TryGetFrame(_now, out _), "an ended session has a frame to write");
        FuzzException.Unless(_budget.Reserved == 0, "the budget is not returned");
        FuzzException.Unless(_memory.Replies is { Reserved: 0, Waiting: 0 }, "the room for replies is not returned");
        FuzzException.Unless(_memory is { Held: 0, Grown: 0 }, "held memory is not returned");
        FuzzException.Unless(_session.QueuedBytes == 0, "messages are left in the lanes");
        FuzzException.Unless(_sent.TrueForAll(Given.IsReleased), "a buffer was not released");
    }

    /// <summary>After a failure some buffers may be left; the pool must not run out because of them.</summary>
    public void Dispose() => _sent.Clear();

    private void TakeEffects()
    {
        while (_session.TryGetEffect(out SessionEffect effect))
        {
            FuzzException.Unless(!_closed, "an effect follows the close");
            effect.Release();
            switch (effect.Event)
            {
                case null:
                    Take(effect.Message);
                    break;
                case SessionEvent.BroadcastBegun begun when _random.Next(2) == 0:
                    _session.RefuseBroadcast(begun.FrameId, ResetReason.Duplicate);
                    break;
                case SessionEvent.Closed closed:
                    _closed = true;
                    FuzzException.Unless(
                        closed.End is not null && Enum.IsDefined(closed.End.Reason), "the end has no reason");
                    break;
            }
        }

        while (_session.TryGetStreamEvent(out StreamEvent happened))
        {
            Take(happened);
        }
    }

    private void Take(in InboundMessage message)
    {
        _unfinished.Add(message.Charge);
        if (message.Kind == FrameKind.Request)
        {
            _asked.Add(message.Id);
        }
    }

    private void Take(in StreamEvent happened)
    {
        FuzzException.Unless(!_closed, "an event of a stream follows the close");
        if (happened.Kind == StreamEventKind.Opened)
        {
            _streams.Add(happened.Stream);
        }
        else if (happened.Kind == StreamEventKind.Data && _random.Next(2) == 0)
        {
            _session.OnStreamRead(_now, happened.Stream, happened.Data.Length);
        }
        else if (happened.Kind == StreamEventKind.Data)
        {
            _unread += happened.Data.Length;
        }
    }

    private void ActOnStream()
    {
        StreamState? stream = _streams.Count == 0 ? null : _streams[_random.Next(_streams.Count)];
        switch (_random.Next(5))
        {
            case 0 when _session.TryOpenStream(_now, 0x0101, Lane.Bulk, Piece(10), out _) is { } opened:
                _streams.Add(opened);
                break;
            case 1 when stream is not null:
                _session.EndStream(stream);
                break;
            case 2 when stream is not null && _random.Next(4) == 0:
                _session.ResetStream(stream, RequestErrorCode.Unwanted, "");
                break;
            case 3 or 4 when stream is not null:
                _session.WriteStream(stream, Piece(_random.Next(Body.Length)));
                break;
        }
    }

    private StreamPiece Piece(int length)
    {
        SharedBuffer owner = SharedBuffer.Rent(1);
        _sent.Add(owner);
        return new StreamPiece(Body.AsMemory(0, length), owner);
    }

    private void ActAndWrite()
    {
        Act();
        int most = _random.Next(4) == 0 ? 1 : MostFrames;
        int written = 0;
        while (written < most && _session.TryGetFrame(_now, out OutboundFrame frame))
        {
            written++;
            FuzzException.Unless(
                frame.Header.Length == frame.Prefix.Length + frame.Body.Length, "the length in a header is wrong");
            FuzzException.Unless(FrameRules.FaultOf(frame.Header) is null, "a frame of the session breaks the rules");
            _session.OnFrameWritten();
        }

        FuzzException.Unless(written < MostFrames, "the session never stops writing");
        _session.OnReplyRoom(_now);
        _session.OnWriterIdle(_now);
        _session.ChargeMemory();
        TakeEffects();
    }

    private void Act()
    {
        switch (_random.Next(10))
        {
            case 0:
                Send(
                    _random.Next(3) switch
                    {
                        0 => FrameKind.Request,
                        1 => FrameKind.Notify,
                        _ => FrameKind.Broadcast,
                    });
                break;
            case 1:
                _session.Cancel((ulong)_random.Next(1, 10));
                break;
            case 2 when _asked.Count > 0:
                ulong id = _asked[_random.Next(_asked.Count)];
                _asked.Remove(id);
                Answer(id);
                break;
            case 3:
                _unfinished.ForEach(charge => _session.Finish(_now, charge));
                _unfinished.Clear();
                break;
            case 4:
                _now += TimeSpan.FromSeconds(_random.Next(10));
                _session.OnTimer(_now);
                break;
            case 5:
                _session.OnWriterBlocked(_now);
                break;
            case 6:
                _session.OnWriterProgress();
                break;
            case 8 or 9:
                ActOnStream();
                break;
            case 7 when _random.Next(20) == 0:
                _session.Close(_now, DisconnectReason.ApplicationClosed, "");
                break;
        }
    }

    private void Answer(ulong id) => _session.Respond(_random.Next(3) == 0
        ? new OutboundMessage(FrameKind.Error, 0, id, Lane.Normal, new byte[] { 0, 1 }, null)
        : Owned(FrameKind.Response, id, _random.Next(Body.Length)));

    private void Send(FrameKind kind) => _session.Send(_now, kind == FrameKind.Broadcast
        ? new OutboundMessage(kind, 0x0101, 0, Lane.Normal, Given.BroadcastBody(100), null)
        : Owned(kind, (ulong)_random.Next(1, 10_000), _random.Next(Body.Length)));

    private OutboundMessage Owned(FrameKind kind, ulong id, int length)
    {
        SharedBuffer owner = SharedBuffer.Rent(1);
        _sent.Add(owner);
        return new OutboundMessage(kind, 0x0101, id, (Lane)_random.Next(1, 4), Body.AsMemory(0, length), owner);
    }

    private void Check()
    {
        FuzzException.Unless(
            _budget.Reserved >= 0 && _budget.Reserved <= _budget.Capacity, "the budget is out of its bounds");
        FuzzException.Unless(
            _session.HeldForReassembly <= (FuzzEngine.AllocationPerByte * _came) + (12 * 4096),
            "open messages hold more bytes than have arrived");
        FuzzException.Unless(_closed || _session.State > SessionState.Drained || _session.UnreadStreamBytes == _unread,
            "unread bytes of streams are counted wrongly");
        FuzzException.Unless(_session.OpenStreams <= 2 * Given.Settings.MaxStreams, "too many streams are open");
        FuzzException.Unless(_session.OpenInbound <= Given.Settings.MaxRequests + 12, "too many requests are open");
        FuzzException.Unless(_closed || _session.Deadline is not null, "a session waits for ever");
    }
}
