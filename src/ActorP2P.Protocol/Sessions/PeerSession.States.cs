namespace ActorP2P.Protocol;

/// <content>The session's life: from the handshake to its end.</content>
internal sealed partial class PeerSession
{
    /// <summary>
    /// Begins the session: the initiator says hello, and both wait no longer than the handshake may take.
    /// </summary>
    public void Start(TimeSpan now)
    {
        _keepAlive.OnHeard(now);
        _handshake!.Start(now);
        if (Role == SessionRole.Initiator)
        {
            _control.Add(FrameKind.Hello, 0, _handshake.Say(now));
        }
    }

    /// <summary>The time has come to <see cref="Deadline"/>. Harmless when nothing is due.</summary>
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
    /// Ends the session in order: says goodbye, lets both sides drain what is queued, and ends the stream; cut off
    /// after <see cref="SessionSettings.DrainTimeout"/>. Before the hellos are exchanged there is nothing to drain,
    /// and the peer is refused.
    /// </summary>
    public void Close(TimeSpan now, DisconnectReason reason, string detail)
    {
        if (State < SessionState.AwaitingReady)
        {
            Fail(now, reason, detail);
        }
        else if (State <= SessionState.Draining && !_goodbye.IsSaid)
        {
            _end ??= new Disconnect(reason, DisconnectSide.Local, detail);
            BeginDrain(now);
            _goodbye.OnSaid();
            _control.AddGoodbye(reason, detail);
            Settle(now);
        }
    }

    /// <summary>Ends the session for a fault of the peer: the goodbye names it, nothing else is sent or read.</summary>
    public void Fail(TimeSpan now, DisconnectReason reason, string detail)
    {
        if (State < SessionState.Drained)
        {
            Refuse(now, new Disconnect(reason, DisconnectSide.Local, detail));
            _control.AddGoodbye(reason, detail);
        }
    }

    /// <summary>
    /// The connection is gone, whatever the cause. If the session had been told why, that stays its reason.
    /// </summary>
    public void OnTransportClosed(DisconnectReason reason, string detail)
    {
        if (State != SessionState.Closed)
        {
            _end ??= new Disconnect(reason, DisconnectSide.Transport, detail);
            BecomeClosed();
        }
    }

    // Either side has had its hello, or hello-ack, answered at once: the first measure of the connection's delay.
    private void BecomeReady(TimeSpan now)
    {
        _keepAlive.OnMeasured(_handshake!.RoundTripAt(now));
        _handshake = null;
        State = SessionState.Ready;
        _effects.Add(SessionEvent.Ready.Instance);
    }

    private void BeginDrain(TimeSpan now)
    {
        // A responder serves requests before the initiator is ready, so these drain as well.
        if (State is SessionState.AwaitingReady or SessionState.Ready)
        {
            State = SessionState.Draining;
            _closeDeadline = now + _settings.DrainTimeout;
            _keepAlive.Stop();
            _effects.Add(SessionEvent.Draining.Instance);
        }
    }

    /// <summary>
    /// Once nothing is queued and nothing is being handled: acknowledges the peer's goodbye, and ends the stream when
    /// this node's has been acknowledged and its last request, which may have followed the goodbye, been answered.
    /// </summary>
    private void AdvanceDrain()
    {
        if (State != SessionState.Draining || !_outbound.Lanes.IsEmpty || _requests.OfPeer > 0)
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

    /// <summary>After an input: what it may have made due.</summary>
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

    /// <summary>The session ends for a fault, whichever side found it. Nothing is read any more.</summary>
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
        if (State == SessionState.Draining && !_outbound.Lanes.IsEmpty)
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
        else
        {
            KeepAliveDue(now);
        }
    }

    private void KeepAliveDue(TimeSpan now)
    {
        if (_keepAlive.IsAwaitingPong)
        {
            Fail(now, DisconnectReason.PingTimeout, $"no pong for {_settings.PongTimeout}");
            return;
        }

        _outbound.Trim();
        _grants.Shrink(now);
        _control.Add(FrameKind.Ping, _keepAlive.BeginPing(now), []);
    }
}
