namespace ActorP2P.Protocol;

/// <content>The states of the session, from the handshake to its end, and the ends of requests.</content>
internal sealed partial class PeerSession
{
    /// <summary>How long a ping may stay unanswered.</summary>
    public TimeSpan PongTimeout => _keepAlive.PongTimeout;

    /// <summary>
    /// Begins the session: the initiator sends its hello, and both sides start the time limit of the handshake.
    /// </summary>
    public void Start(TimeSpan now)
    {
        _keepAlive.OnHeard(now);
        _handshake!.Start(now);
        if (Role == SessionRole.Initiator)
        {
            _control.Add(FrameKind.Hello, 0, _handshake.SendHello(now, initiator: null));
        }
    }

    /// <summary>
    /// Whether the host is asked about the peer when its hello is acceptable. Then
    /// <see cref="SessionEvent.AdmissionAsked"/> comes, and no frame of the peer may be passed in until
    /// <see cref="OnAdmitted"/>.
    /// </summary>
    public bool AsksHost { get; init; }

    /// <summary>The host admits the peer. It does nothing when the session has ended meanwhile.</summary>
    public void OnAdmitted(TimeSpan now)
    {
        if (State == SessionState.AwaitingAdmission)
        {
            Answer(now);
        }
    }

    /// <summary>Does what is due at <see cref="Deadline"/>. A call before that does nothing.</summary>
    public void OnTimer(TimeSpan now)
    {
        if (Deadline is not { } deadline || now < deadline)
        {
            return;
        }

        switch (State)
        {
            case SessionState.Ready:
                OnTimerWhenReady(now);
                Settle(now);
                break;
            case SessionState.Draining or SessionState.Drained or SessionState.Refusing:
                Cut();
                break;
            default:
                Fail(now, _handshake!.FaultOfDelay(isHelloMissing: State == SessionState.AwaitingHello));
                break;
        }
    }

    /// <summary>
    /// Ends the session in order: sends a goodbye, lets both sides drain what is queued, and ends
    /// the stream. The connection is cut after <see cref="SessionSettings.DrainTimeout"/>. Before
    /// the hellos are exchanged there is nothing to drain, and the peer is refused.
    /// </summary>
    public void Close(TimeSpan now, DisconnectReason reason, string detail)
    {
        if (State < SessionState.AwaitingReady)
        {
            Fail(now, reason, detail);
        }
        else if (State <= SessionState.Draining && !_goodbye.IsSent)
        {
            _end ??= new Disconnect(reason, DisconnectSide.Local, detail);
            BeginDrain(now);
            _goodbye.OnSent();
            _control.AddGoodbye(reason, detail);
            Settle(now);
        }
    }

    /// <summary>Ends the session with a fault. The goodbye names it; nothing else is sent or read.</summary>
    public void Fail(TimeSpan now, DisconnectReason reason, string detail)
    {
        if (State < SessionState.Drained)
        {
            Refuse(now, new Disconnect(reason, DisconnectSide.Local, detail));
            _control.AddGoodbye(reason, detail);
        }
    }

    /// <summary>
    /// The connection is closed, whatever the cause. A reason that the session already has remains its reason.
    /// </summary>
    public void OnTransportClosed(DisconnectReason reason, string detail)
    {
        if (State != SessionState.Closed)
        {
            _end ??= new Disconnect(reason, DisconnectSide.Transport, detail);
            BecomeClosed();
        }
    }

    /// <summary>
    /// Pings the peer at once. <see cref="SessionEvent.Answered"/> tells that it has answered. It does nothing when the
    /// session is not ready.
    /// </summary>
    public void Probe(TimeSpan now)
    {
        if (State == SessionState.Ready)
        {
            _control.Add(FrameKind.Ping, _keepAlive.BeginProbe(now), []);
            Settle(now);
        }
    }

    /// <summary>
    /// Says the current values of what may change after the hello. The latest values reach the peer once the session is
    /// ready; values that it knows already are not sent.
    /// </summary>
    /// <param name="state">The application's state, at most <see cref="HelloCodec.MaxState"/> bytes.</param>
    /// <param name="wantedBroadcasts">The broadcasts that this node wants.</param>
    public void Say(ReadOnlyMemory<byte> state, BroadcastTypes wantedBroadcasts) =>
        _updates.Say(state, wantedBroadcasts);

    /// <summary>
    /// Queues the response or the error that answers an open request of the peer. Its buffer is released in every case.
    /// </summary>
    /// <exception cref="ArgumentException">The message is not an answer.</exception>
    public SendResult Respond(OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Class != CreditClass.Response)
        {
            _outbound.Refuse(message, SendResult.NotConnected);
            throw new ArgumentException($"A {message.Kind} goes through {nameof(Send)}.", nameof(message));
        }

        if (!_requests.IsOfPeer(message.Id))
        {
            return _outbound.Refuse(message, SendResult.NoLongerWanted);
        }

        if (message.Body.Length > RemoteHello!.MaxMessage)
        {
            return _outbound.Refuse(message, SendResult.TooLong);
        }

        _requests.RemoveOfPeer(message.Id);
        _outbound.EnqueueAnswer(message);
        return SendResult.Accepted;
    }

    /// <summary>Queues the response to an open request of the peer. Its buffer is released in every case.</summary>
    public SendResult Respond(ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner) =>
        Respond(_outbound.Rent(FrameKind.Response, type, id, lane, body, owner));

    /// <summary>
    /// Cancels a request of this node, whose answer is no longer wanted. The peer is told if it knows of the request.
    /// </summary>
    public void Cancel(ulong id)
    {
        bool isOpen = _requests.RemoveOwn(id);
        _outbound.RemoveRequest(id, hasBegun: isOpen);
        if (isOpen)
        {
            // The answer may already be arriving. The peer stops at the cancel, and fragments that still arrive are
            // dropped.
            _inbound.Reassembly.Discard(FrameKind.Response, id);
            _control.Add(FrameKind.Cancel, id, []);
        }

        Settle(_keepAlive.HeardAt);
    }

    private void BecomeReady(TimeSpan now)
    {
        // Either side's hello or hello-ack was answered at once, so this is the first measure of the delay.
        _keepAlive.OnMeasured(_handshake!.RoundTripAt(now));
        _handshake = null;
        State = SessionState.Ready;
        _effects.Add(SessionEvent.Ready.Instance);
    }

    private void BeginDrain(TimeSpan now)
    {
        // A responder serves requests before the initiator is ready, so the drain includes them.
        if (State is SessionState.AwaitingReady or SessionState.Ready)
        {
            State = SessionState.Draining;
            _closeDeadline = now + _settings.DrainTimeout;
            _keepAlive.Stop();
            _effects.Add(SessionEvent.Draining.Instance);
        }
    }

    /// <summary>
    /// Advances the drain once nothing is queued and no request is being handled. It acknowledges
    /// the peer's goodbye. It ends the stream when this node's goodbye has been acknowledged and
    /// its last request has been answered; that request may have followed the goodbye.
    /// </summary>
    private void AdvanceDrain()
    {
        if (State != SessionState.Draining || QueuedBytes > 0 || _requests.OfPeer > 0)
        {
            return;
        }

        if (_goodbye.TryAcknowledge())
        {
            _control.Add(FrameKind.GoodbyeAck, 0, []);
        }

        if (_goodbye.IsAcknowledged && _requests.Own == 0)
        {
            State = SessionState.Drained;
            _effects.Add(SessionEvent.Shutdown.Instance);
        }
    }

    /// <summary>Carries out what the calls since the last frame have caused.</summary>
    internal void Settle() => Settle(_keepAlive.HeardAt);

    /// <summary>Does what an input may have made due.</summary>
    private void Settle(TimeSpan now)
    {
        if (_control.IsOverflowing)
        {
            Fail(now, DisconnectReason.ControlOverflow, $"{_control.Count} control frames wait");
        }

        AdvanceDrain();
    }

    private void Fail(TimeSpan now, SessionFault? fault)
    {
        if (fault is not null)
        {
            Fail(now, fault.Reason, fault.Detail);
        }
    }

    /// <summary>Ends the session for a fault, whichever side found it. Nothing more is read.</summary>
    private void Refuse(TimeSpan now, Disconnect end)
    {
        _end = end;
        State = SessionState.Refusing;
        _closeDeadline = now + SessionSettings.RefusalTimeout;
        ReleaseAll();
        _effects.Add(SessionEvent.Shutdown.Instance);
    }

    private void Cut()
    {
        if (State == SessionState.Draining && QueuedBytes > 0)
        {
            _end = new Disconnect(
                DisconnectReason.DrainTimeout, DisconnectSide.Local,
                $"{QueuedBytes} bytes still queued after {_settings.DrainTimeout}; leaving because {_end!.Reason}");
        }

        _effects.Add(SessionEvent.Abort.Instance);
        BecomeClosed();
    }

    private void BecomeClosed()
    {
        State = SessionState.Closed;
        ReleaseAll();
        _effects.Add(new SessionEvent.Closed(_end!));
    }

    private void ReleaseAll()
    {
        _control.Clear();
        _outbound.Clear();
        _streams.Clear();
        _requests.Clear();
        _inbound.Reassembly.Clear();
        _missed.Clear();
        _grants.Close();
        _charge.Close();
        _writer.Clear();
    }

    private void OnTimerWhenReady(TimeSpan now)
    {
        if (_writer.FaultAt(now, QueuedBytes) is { } fault)
        {
            Fail(now, fault);
        }
        else if (_inbound.Reassembly.Deadline <= now)
        {
            _inbound.GiveUpStalled(now);
        }
        else if (_outbound.Lanes.NextExpiry <= now)
        {
            _outbound.DropExpired(now);
        }
        else if (_missed.Deadline <= now)
        {
            _missed.OnTimer(now);
        }
        else if (_updates.Deadline <= now)
        {
            _updates.OnTimer();
        }
        else if (_grants.Deadline <= now)
        {
            _grants.LookAgain();
        }
        else
        {
            KeepAliveDue(now);
        }
    }

    private void KeepAliveDue(TimeSpan now)
    {
        if (_keepAlive.IsAwaitingPong)
        {
            Fail(now, DisconnectReason.PingTimeout, $"no pong for {_keepAlive.PongTimeout}");
            return;
        }

        _outbound.Trim();
        _grants.Shrink(now);
        _streams.Shrink(now);
        _control.Add(FrameKind.Ping, _keepAlive.BeginPing(now), []);
    }

    /// <summary>What this node has to say of itself and of broadcasts that the peer has missed.</summary>
    private bool TryGetNews(TimeSpan now, out OutboundFrame frame)
    {
        if (!_updates.TryGetFrame(now, _keepAlive.HeardAt, out frame))
        {
            return _missed.Count > 0 && _missed.TryGetFrame(now, _outbound.Lanes, out frame);
        }

        if (_updates.WantsPing && !_keepAlive.IsAwaitingPong)
        {
            _control.Add(FrameKind.Ping, _keepAlive.BeginPing(now), []);
        }

        return true;
    }
}
