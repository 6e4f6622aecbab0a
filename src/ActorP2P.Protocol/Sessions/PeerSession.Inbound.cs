namespace ActorP2P.Protocol;

/// <content>What the peer sends: checked, charged, put together, and handed to the shell as effects.</content>
public sealed partial class PeerSession
{
    private readonly ReassemblyBudget _budget;
    private readonly Reassembly _reassembly;
    private readonly CreditBook _granted;
    private readonly HashSet<ulong> _openInbound = [];
    private int _delivered;

    /// <summary>Responses and errors that came for no open request: late, unknown, or second ones. They are dropped.</summary>
    public long UnexpectedResponses { get; private set; }

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
    }

    /// <summary>The peer's next frame claims more than may be sent; it is not waited for.</summary>
    public void ReceiveOversized(TimeSpan now, in FrameHeader header) => Fail(
        now,
        IsStranger(header) ? DisconnectReason.NotThisProtocol : DisconnectReason.FrameTooLong,
        $"a frame of {header.Length} bytes; at most {SessionSettings.MaxFragment} are taken");

    /// <summary>A delivered message has been dealt with: its credit and its room are the peer's again.</summary>
    public void Finish(in InboundCharge charge)
    {
        if (State is SessionState.Refusing or SessionState.Closed)
        {
            return;
        }

        if (charge.Reassembly > 0)
        {
            _delivered -= charge.Reassembly;
            _budget.Release(charge.Reassembly);
        }

        FinishCredit(charge.Class, charge.Credit);
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
                TakePing(header.Id);
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
            case FrameKind.Goodbye when !_remoteGoodbye:
                TakeGoodbye(now, frame.Payload.Span);
                break;
            case FrameKind.GoodbyeAck when _localGoodbye && !_ackReceived:
                _ackReceived = true;
                AdvanceDrain();
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
        int charge = (int)header.Length + (later ? 0 : CreditBook.PerMessage);
        if (!_granted.TryUse(creditClass, charge))
        {
            Fail(now, DisconnectReason.CreditExceeded, $"{creditClass}: {charge} bytes, "
                + $"{_granted.Limit(creditClass) - _granted.Used(creditClass)} granted");
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

    private void ReceiveBeginning(TimeSpan now, in FrameHeader header, ReadOnlyMemory<byte> body, InboundCharge charge)
    {
        ulong total = 0;
        bool first = (header.Flags & FrameFlags.First) != 0;
        if (first)
        {
            if (!Varint.TryRead(body.Span, out total, out int size))
            {
                Fail(now, DisconnectReason.MalformedFrame, "the first fragment does not begin with its total");
                return;
            }

            body = body[size..];
        }

        if ((header.Flags & FrameFlags.Tagged) != 0)
        {
            if (!TaggedHeaders.TryRead(body.Span, out int size))
            {
                Fail(now, DisconnectReason.MalformedHeaders, $"{header.Kind} {header.Id:x16}");
                return;
            }

            body = body[size..];
        }

        if (header.Kind == FrameKind.Broadcast && !HeadIsValid(now, header, body.Span))
        {
            return;
        }

        if (!first)
        {
            Deliver(now, header, body, null, charge);
            return;
        }

        bool wanted = header.Kind != FrameKind.Response || _openOutbound.Contains(header.Id);
        (DisconnectReason? fault, ResetReason? refusal) = _reassembly.Begin(header, total, body.Span, wanted);
        if (fault is not null)
        {
            Fail(now, fault.Value, $"{header.Kind} {header.Id:x16} of {total} bytes");
            return;
        }

        // From here on the bytes are charged to the reassembly budget, so their credit may be used again.
        FinishCredit(charge.Class, charge.Credit);
        if (refusal is not null)
        {
            RefuseFragments(header, refusal.Value);
        }
        else if (header.Kind == FrameKind.Broadcast)
        {
            _effects.Enqueue(new SessionEffect
            {
                Kind = SessionEffectKind.BroadcastBegun,
                Header = header,
                Broadcast = BroadcastHead.Read(body.Span),
            });
        }
    }

    private void RefuseFragments(in FrameHeader header, ResetReason reason)
    {
        QueueReset(header.Kind, header.Id, reason);
        UnexpectedResponses += reason == ResetReason.Unwanted ? 1 : 0;
        if (header.Kind == FrameKind.Response && reason == ResetReason.NoRoom)
        {
            // The asker must not wait for what this node itself could not take.
            _openOutbound.Remove(header.Id);
            _effects.Enqueue(new SessionEffect
            {
                Kind = SessionEffectKind.Error,
                Header = header with { Type = (ushort)RequestErrorCode.NoRoom },
                Text = "this node has no room for the response",
            });
        }
    }

    private void ReceiveLaterFragment(TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> body, InboundCharge charge)
    {
        (DisconnectReason? fault, OpenMessage? complete) = _reassembly.Continue(header, body);
        if (fault is not null)
        {
            Fail(now, fault.Value, $"{header.Kind} {header.Id:x16}");
        }
        else if (complete is null)
        {
            FinishCredit(charge.Class, charge.Credit);
        }
        else
        {
            _delivered += complete.Total;
            Deliver(now, header, complete.Buffer!.Array.AsMemory(0, complete.Total), complete.Buffer,
                charge with { Reassembly = complete.Total });
        }
    }

    private void Deliver(TimeSpan now, in FrameHeader header, ReadOnlyMemory<byte> body, SharedBuffer? owner, InboundCharge charge)
    {
        BroadcastHead head = default;
        SessionEffectKind kind = SessionEffectKind.Notify;
        switch (header.Kind)
        {
            case FrameKind.Request:
                _openInbound.Add(header.Id);
                kind = SessionEffectKind.Request;
                break;
            case FrameKind.Response when !_openOutbound.Remove(header.Id):
                UnexpectedResponses++;
                owner?.Release();
                Finish(charge);
                return;
            case FrameKind.Response:
                kind = SessionEffectKind.Response;
                break;
            case FrameKind.Broadcast:
                kind = SessionEffectKind.Broadcast;
                head = BroadcastHead.Read(body.Span);
                if (head.Id != BroadcastId.Of(_localHello.NetworkId, header.Type, head.Salt, body.Span[BroadcastHead.Size..]))
                {
                    owner?.Release();
                    Fail(now, DisconnectReason.BroadcastIdMismatch, head.Id.ToString());
                    return;
                }

                break;
        }

        _effects.Enqueue(new SessionEffect
        {
            Kind = kind, Header = header, Body = body, Owner = owner, Charge = charge, Broadcast = head,
        });
    }

    private bool HeadIsValid(TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> body)
    {
        if (body.Length < BroadcastHead.Size)
        {
            Fail(now, DisconnectReason.InvalidLength, $"a broadcast begins with {body.Length} bytes; its head has {BroadcastHead.Size}");
            return false;
        }

        byte hops = BroadcastHead.Read(body).Hops;
        if (hops is 0 or > BroadcastHead.HopLimit)
        {
            Fail(now, DisconnectReason.HopLimitExceeded, $"broadcast {header.Id:x16} after {hops} hops");
            return false;
        }

        return true;
    }

    private void TakeError(TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> payload, int charge)
    {
        FinishCredit(CreditClass.Response, charge);
        if (!CodedText.TryRead(payload, out ushort code, out string? text))
        {
            Fail(now, DisconnectReason.MalformedFrame, "the error's text is not UTF-8");
        }
        else if (_openOutbound.Remove(header.Id))
        {
            DropOutbound(FrameKind.Request, header.Id);
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

    private void FinishCredit(CreditClass creditClass, int bytes)
    {
        if (_granted.Finish(creditClass, bytes))
        {
            _creditDue |= 1 << (int)creditClass;
        }
    }
}
