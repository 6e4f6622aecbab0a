namespace ActorP2P.Protocol;

/// <content>What the peer sends: checked, charged, and sorted by kind.</content>
internal sealed partial class PeerSession
{
    private readonly MemoryBudget _memory;
    private readonly Reassembly _reassembly;
    private readonly CreditBook _granted;
    private readonly CreditWindows _windows;
    private IdSet _openInbound;
    private long _delivered;
    private long _deliveredReplies;

    /// <summary>Responses and errors that came for no open request: late, unknown, or second ones. They are dropped.</summary>
    public long UnexpectedResponses { get; private set; }

    /// <summary>Messages in fragments that were given up, because nothing more of them came.</summary>
    public long StalledMessages { get; private set; }

    /// <summary>
    /// Called, from any thread, when a response that waited for room has it; <see cref="OnReplyRoom"/> is then to be called.
    /// </summary>
    public Action? ReplyRoomGranted
    {
        get => _reassembly.RoomGranted;
        set => _reassembly.RoomGranted = value;
    }

    /// <summary>What this node lets the peer send.</summary>
    internal CreditBook ReceivingCredit => _granted;

    /// <summary>Bytes of the buffers that unfinished messages of the peer hold.</summary>
    internal long HeldForReassembly => _reassembly.Held;

    /// <summary>Requests of the peer that are open here.</summary>
    public int OpenInbound => _openInbound.Count;

    /// <summary>Takes a frame that came from the peer.</summary>
    public void Receive(TimeSpan now, in Frame frame)
    {
        if (State is SessionState.Refusing or SessionState.Closed || _shutdownAsked)
        {
            return;
        }

        FrameHeader header = frame.Header;
        if (FrameRules.FaultOf(header) is { } fault)
        {
            Fail(now, IsStranger(header) ? DisconnectReason.NotThisProtocol : fault,
                $"kind {(byte)header.Kind:x2}, flags {(byte)header.Flags:x2}, length {header.Length}: {fault}");
            return;
        }

        _lastHeard = now;
        if (State < SessionState.Ready)
        {
            ReceiveInHandshake(now, frame);
        }
        else
        {
            ReceiveInSession(now, frame);
        }

        // Any frame may have been what a drain waited for: an answer, an ack, or a reset of the last message queued.
        AdvanceDrain();
    }

    /// <summary>The peer's next frame claims more than may be sent; it is not waited for.</summary>
    public void ReceiveOversized(TimeSpan now, in FrameHeader header) => Fail(
        now,
        // No node begins with such a frame, but a TLS client's fifth byte may be a hello's kind.
        State is SessionState.AwaitingHello or SessionState.AwaitingHelloAck
            ? DisconnectReason.NotThisProtocol
            : DisconnectReason.FrameTooLong,
        $"a frame of {header.Length} bytes; at most {SessionSettings.MaxFragment} are taken");

    /// <summary>A delivered message has been dealt with: its credit and its room are the peer's again.</summary>
    public void Finish(TimeSpan now, in InboundCharge charge)
    {
        if (State is SessionState.Refusing or SessionState.Closed)
        {
            return;
        }

        if (charge.Reassembly > 0)
        {
            NoteDelivered(charge.Class, -charge.Reassembly);
            _memory.Release(charge.Class, charge.Reassembly);
        }

        FinishCredit(now, charge.Class, charge.Credit);
    }

    /// <summary>A broadcast that is still arriving is known already: tells the peer to stop, and drops what came.</summary>
    public void RefuseBroadcast(ulong id, ResetReason reason)
    {
        if (_reassembly.Discard(FrameKind.Broadcast, id))
        {
            QueueReset(FrameKind.Broadcast, id, reason);
        }
    }

    // Whoever has not introduced itself and starts with nonsense does not speak this protocol at all.
    private bool IsStranger(in FrameHeader header) =>
        (State == SessionState.AwaitingHello && header.Kind != FrameKind.Hello)
        || (State == SessionState.AwaitingHelloAck && header.Kind is not (FrameKind.HelloAck or FrameKind.Goodbye));

    private void ReceiveInSession(TimeSpan now, in Frame frame)
    {
        FrameHeader header = frame.Header;
        switch (header.Kind)
        {
            case FrameKind.Request or FrameKind.Response or FrameKind.Notify or FrameKind.Broadcast or FrameKind.Error:
                ReceiveCharged(now, frame);
                break;
            case FrameKind.Ping:
                TakePing(now, header.Id);
                break;
            case FrameKind.Pong:
                TakePong(now, header.Id);
                break;
            case FrameKind.Credit:
                TakeCredit(now, frame.Payload.Span);
                break;
            case FrameKind.Cancel:
                TakeCancel(header.Id);
                break;
            case FrameKind.Reset:
                TakeReset(now, header.Id, frame.Payload.Span);
                break;
            case FrameKind.GossipControl:
                TakeGossip(now, frame.Payload);
                break;
            case FrameKind.Goodbye:
                TakeGoodbye(now, frame.Payload.Span);
                break;
            case FrameKind.GoodbyeAck when _localGoodbye && !_ackReceived:
                _ackReceived = true;
                break;
            default:
                Fail(now, DisconnectReason.UnexpectedFrame, $"{header.Kind} in state {State}");
                break;
        }
    }

    private void ReceiveCharged(TimeSpan now, in Frame frame)
    {
        FrameHeader header = frame.Header;
        CreditBook.TryClassOf(header.Kind, out CreditClass creditClass);
        bool later = (header.Flags & FrameFlags.First) == 0
            && ((header.Flags & FrameFlags.More) != 0 || _reassembly.IsOpen(header.Kind, header.Id));
        int charge = (int)header.Length + CreditBook.PerMessage;
        if (!_granted.TryUse(creditClass, charge))
        {
            Fail(now, DisconnectReason.CreditExceeded, $"{creditClass}: {charge} bytes, "
                + $"{_granted.Limit(creditClass) - _granted.Used(creditClass)} granted");
            return;
        }

        if (later && (header.Flags & FrameFlags.Tagged) != 0)
        {
            Fail(now, DisconnectReason.InvalidFlags, $"tagged headers within {header.Kind} {header.Id:x16}");
            return;
        }

        if (!later && FaultOfId(header) is { } fault)
        {
            Fail(now, fault, $"{header.Kind} {header.Id:x16}, {_openInbound.Count} open");
            return;
        }

        if (header.Kind == FrameKind.Error)
        {
            TakeError(now, header, frame.Payload.Span, charge);
        }
        else if (later)
        {
            ReceiveLaterFragment(now, header, frame.Payload.Span, new InboundCharge(creditClass, charge, 0));
        }
        else
        {
            ReceiveBeginning(now, header, frame.Payload, new InboundCharge(creditClass, charge, 0));
        }
    }

    private DisconnectReason? FaultOfId(in FrameHeader header) => header.Kind != FrameKind.Request ? null
        : _openInbound.Contains(header.Id) ? DisconnectReason.DuplicateRequestId
        : _openInbound.Count >= _settings.MaxRequests ? DisconnectReason.TooManyRequests
        : null;

    private void TakeError(TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> payload, int charge)
    {
        FinishCredit(now, CreditClass.Response, charge);
        if (!CodedText.TryRead(payload, out ushort code, out string? text))
        {
            Fail(now, DisconnectReason.MalformedFrame, "the error's text is not UTF-8");
        }
        else if (_openOutbound.Remove(header.Id))
        {
            StopOutbound(FrameKind.Request, header.Id);
            _effects.Enqueue(new SessionEffect
            {
                Kind = SessionEffectKind.Error,
                Header = header with { Type = code },
                Text = text,
            });
        }
        else
        {
            UnexpectedResponses++;
        }
    }

    private void FinishCredit(TimeSpan now, CreditClass creditClass, int bytes)
    {
        int due = 1 << (int)creditClass;
        if (_granted.Finish(creditClass, bytes) && (_creditDue & due) == 0)
        {
            _creditDue |= due;
            _windows.OnQuarter(creditClass, now, RoundTrip ?? TimeSpan.Zero);
        }
    }
}
