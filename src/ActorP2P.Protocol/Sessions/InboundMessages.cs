namespace ActorP2P.Protocol;

/// <summary>
/// The messages of the peer. Each frame is charged to the peer's credit, fragments are put together, and whole messages
/// are delivered as effects.
/// </summary>
internal sealed class InboundMessages
{
    private readonly SessionSettings _settings;
    private readonly string _networkId;
    private readonly OpenRequests _requests;
    private readonly CreditGrants _grants;
    private readonly MemoryCharge _charge;
    private readonly OutboundScheduler _outbound;
    private readonly ControlQueue _control;
    private readonly EffectQueue _effects;
    private readonly SessionCounters _counters;

    public InboundMessages(
        SessionSettings settings, string networkId, MemoryBudget memory, OpenRequests requests, CreditGrants grants,
        MemoryCharge charge, OutboundScheduler outbound, ControlQueue control, EffectQueue effects,
        SessionCounters counters)
    {
        _settings = settings;
        _networkId = networkId;
        _requests = requests;
        _grants = grants;
        _charge = charge;
        _outbound = outbound;
        _control = control;
        _effects = effects;
        _counters = counters;
        Reassembly = new Reassembly(memory, settings);
    }

    /// <summary>Messages of which some fragments have arrived.</summary>
    public Reassembly Reassembly { get; }

    /// <summary>Handles a frame of a message.</summary>
    /// <returns>The fault that ends the session, or null.</returns>
    public SessionFault? OnFrame(TimeSpan now, in Frame frame)
    {
        FrameHeader header = frame.Header;
        CreditBook.TryClassOf(header.Kind, out CreditClass creditClass);
        bool isLater = (header.Flags & FrameFlags.First) == 0
            && ((header.Flags & FrameFlags.More) != 0 || Reassembly.IsOpen(header.Kind, header.Id));
        int credit = (int)header.Length + CreditBook.PerMessage;
        if (!_grants.Book.TryUse(creditClass, credit))
        {
            return new SessionFault(
                DisconnectReason.CreditExceeded, $"{creditClass}: {credit} bytes, {_grants.Left(creditClass)} granted");
        }

        if (header.Kind == FrameKind.Error)
        {
            return OnError(now, header, frame.Payload.Span, credit);
        }

        InboundCharge charge = new(creditClass, credit, 0);
        return isLater ? OnLaterFragment(now, header, frame.Payload.Span, charge)
            : FaultOfRequest(header) ?? OnBeginning(now, header, frame.Payload, charge);
    }

    /// <summary>Admits responses that waited for room and have it now: tells their senders to go on.</summary>
    public void OnReplyRoom(TimeSpan now)
    {
        while (Reassembly.NextAdmitted(now) is { } message)
        {
            _control.AddReset(message.Header.Kind, message.Header.Id, ResetReason.Resume);
        }
    }

    /// <summary>Gives up messages that have made no progress for too long.</summary>
    public void GiveUpStalled(TimeSpan now)
    {
        while (Reassembly.NextStalled(now, _grants.Book) is { } message)
        {
            _counters.StalledMessages++;
            _control.AddReset(message.Header.Kind, message.Header.Id, ResetReason.Stalled);
            if (message.Header.Kind == FrameKind.Response)
            {
                FailRequest(message.Header.Id, $"the response made no progress for {_settings.FragmentTimeout}");
            }
        }
    }

    /// <summary>Finishes a delivered message: the peer may use its credit and its room again.</summary>
    public void Finish(TimeSpan now, in InboundCharge charge)
    {
        _charge.OnFinished(charge.Class, charge.Reassembly);
        _grants.Finish(now, charge.Class, charge.Credit);
    }

    private SessionFault? FaultOfRequest(in FrameHeader header)
    {
        if (header.Kind != FrameKind.Request)
        {
            return null;
        }

        bool isOpen = _requests.IsOfPeer(header.Id);
        return isOpen || _requests.OfPeer >= _settings.MaxRequests
            ? new SessionFault(
                isOpen ? DisconnectReason.DuplicateRequestId : DisconnectReason.TooManyRequests,
                $"{header.Kind} {header.Id:x16}, {_requests.OfPeer} open")
            : null;
    }

    private SessionFault? OnError(TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> payload, int credit)
    {
        _grants.Finish(now, CreditClass.Response, credit);
        if (!CodedText.TryRead(payload, out ushort code, out string? text))
        {
            return new SessionFault(DisconnectReason.MalformedFrame, "the error's text is not UTF-8");
        }

        _counters.Received.Add(CreditClass.Response, payload.Length);

        if (!_requests.RemoveOwn(header.Id))
        {
            _counters.UnexpectedResponses++;
            return null;
        }

        // The peer may answer before it has received the whole request. The rest is then not sent.
        _outbound.StopBegun(FrameKind.Request, header.Id);
        _effects.Add(new SessionEvent.RequestFailed(header.Id, (RequestErrorCode)code, text));
        return null;
    }

    private SessionFault? OnBeginning(
        TimeSpan now, in FrameHeader header, ReadOnlyMemory<byte> body, in InboundCharge charge)
    {
        ulong total = 0;
        bool isFirst = (header.Flags & FrameFlags.First) != 0;
        if (isFirst)
        {
            if (!Varint.TryRead(body.Span, out total, out int size))
            {
                return new SessionFault(
                    DisconnectReason.MalformedFrame, "the first fragment does not begin with its total");
            }

            body = body[size..];
        }

        TimeSpan? expires = null;
        ReadOnlyMemory<byte> trace = default;
        if ((header.Flags & FrameFlags.Tagged) != 0)
        {
            if (!TaggedHeaders.TryRead(body.Span, out int size, out uint? expiry, out bool hasTrace))
            {
                return new SessionFault(DisconnectReason.MalformedHeaders, $"{header.Kind} {header.Id:x16}");
            }

            expires = expiry is { } milliseconds ? now + TimeSpan.FromMilliseconds(milliseconds) : null;
            trace = hasTrace ? body[..size] : default;
            body = body[size..];
        }

        if (header.Kind == FrameKind.Broadcast && FaultOfHead(header, body.Span) is { } fault)
        {
            return fault;
        }

        return isFirst ? OnFirstFragment(now, header, total, body.Span, charge, expires, trace.Span)
            : Deliver(now, new InboundMessage(header, body, null, charge, expires) { Headers = trace });
    }

    private SessionFault? OnFirstFragment(
        TimeSpan now, in FrameHeader header, ulong total, ReadOnlySpan<byte> body, in InboundCharge charge,
        TimeSpan? expires, ReadOnlySpan<byte> trace)
    {
        bool isWanted = header.Kind != FrameKind.Response || _requests.IsOwn(header.Id);
        (DisconnectReason? fault, ResetReason? answer) =
            Reassembly.Begin(now, header, total, body, isWanted, _grants.Left(charge.Class));
        if (fault is not null)
        {
            return new SessionFault(fault.Value, $"{header.Kind} {header.Id:x16} of {total} bytes");
        }

        Reassembly.SetHeaders(header, expires, trace);

        // From here on the bytes are charged to the reassembly budget, so the peer may use their credit again.
        _grants.Finish(now, charge.Class, charge.Credit);
        if (answer is not null)
        {
            AnswerBeginning(header, answer.Value);
        }
        else if (header.Kind == FrameKind.Broadcast)
        {
            _effects.Add(new SessionEvent.BroadcastBegun(header.Id, BroadcastHead.Read(body)));
        }

        return null;
    }

    private void AnswerBeginning(in FrameHeader header, ResetReason reason)
    {
        _control.AddReset(header.Kind, header.Id, reason);
        _counters.UnexpectedResponses += reason == ResetReason.Unwanted ? 1 : 0;
        _counters.RefusedForRoom += reason == ResetReason.NoRoom ? 1 : 0;
        if (header.Kind == FrameKind.Response && reason == ResetReason.NoRoom)
        {
            FailRequest(header.Id, "this node has no room for the response");
        }
    }

    /// <summary>Fails a request whose response this node refuses, so that the requester does not wait for it.</summary>
    private void FailRequest(ulong id, string text)
    {
        _requests.RemoveOwn(id);
        _effects.Add(new SessionEvent.RequestFailed(id, RequestErrorCode.NoRoom, text));
    }

    private SessionFault? OnLaterFragment(
        TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> body, in InboundCharge charge)
    {
        if ((header.Flags & FrameFlags.Tagged) != 0)
        {
            return new SessionFault(
                DisconnectReason.InvalidFlags, $"tagged headers within {header.Kind} {header.Id:x16}");
        }

        (DisconnectReason? fault, OpenMessage? complete) = Reassembly.Continue(now, header, body);
        if (fault is not null)
        {
            return new SessionFault(fault.Value, $"{header.Kind} {header.Id:x16}");
        }

        if (complete is null)
        {
            _grants.Finish(now, charge.Class, charge.Credit);
            return null;
        }

        _charge.OnDelivered(charge.Class, complete.Reserved);
        ReadOnlyMemory<byte> whole = complete.Buffer!.Array.AsMemory(0, complete.Total);
        return Deliver(now, new InboundMessage(
            header, whole, complete.Buffer, charge with { Reassembly = complete.Reserved }, complete.Expires)
        {
            Headers = complete.Headers,
        });
    }

    private SessionFault? Deliver(TimeSpan now, in InboundMessage message)
    {
        _counters.Received.Add(message.Charge.Class, message.Body.Length);
        switch (message.Kind)
        {
            case FrameKind.Request:
                _requests.AddOfPeer(message.Id);
                break;
            case FrameKind.Response when !_requests.RemoveOwn(message.Id):
                _counters.UnexpectedResponses++;
                message.Owner?.Release();
                Finish(now, message.Charge);
                return null;
            case FrameKind.Broadcast when FaultOfContent(message) is { } fault:
                message.Owner?.Release();
                return fault;
        }

        _effects.Add(message);
        return null;
    }

    private SessionFault? FaultOfContent(in InboundMessage message)
    {
        BroadcastHead head = message.ReadBroadcastHead();
        ReadOnlySpan<byte> content = message.Body.Span[BroadcastHead.Size..];
        return head.Id == BroadcastId.Of(_networkId, message.Type, head.Salt, content)
            ? null
            : new SessionFault(DisconnectReason.BroadcastIdMismatch, head.Id.ToString());
    }

    private static SessionFault? FaultOfHead(in FrameHeader header, ReadOnlySpan<byte> body)
    {
        if (body.Length < BroadcastHead.Size)
        {
            return new SessionFault(
                DisconnectReason.InvalidLength,
                $"a broadcast begins with {body.Length} bytes; its head has {BroadcastHead.Size}");
        }

        byte hops = BroadcastHead.Read(body).Hops;
        return hops is 0 or > BroadcastHead.HopLimit
            ? new SessionFault(DisconnectReason.HopLimitExceeded, $"broadcast {header.Id:x16} after {hops} hops")
            : null;
    }
}
