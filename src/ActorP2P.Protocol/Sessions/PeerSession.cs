namespace ActorP2P.Protocol;

/// <summary>
/// One peer's protocol as a pure state machine: frames, commands and the time go in, frames and effects come out. It owns no
/// socket, no timer and no thread; its shell, the PeerActor, pumps it:
/// <list type="number">
/// <item>hand in what happened: <see cref="Receive"/>, <see cref="Send(OutboundMessage)"/>, <see cref="OnTimer"/>, ...;</item>
/// <item>carry out effects until <see cref="TryTakeEffect"/> has none;</item>
/// <item>write frames while there is room and <see cref="TryNextFrame"/> has one;</item>
/// <item>wake it again at <see cref="Deadline"/>.</item>
/// </list>
/// Every way it can end has a <see cref="DisconnectReason"/>, given once, by the effect <see cref="SessionEffectKind.Closed"/>.
/// </summary>
internal sealed partial class PeerSession : ILaneGate
{
    /// <summary>The protocol version of this implementation: 0 until identities are proven.</summary>
    public const int ProtocolVersion = 0;

    private readonly SessionSettings _settings;
    private readonly string _networkId;

    // What this node says of itself, until it has said it and judged the other's by it.
    private Hello? _localHello;
    private EffectQueue _effects;
    private TimeSpan _handshakeDeadline;
    private TimeSpan _helloDeadline;
    private TimeSpan _closeDeadline;
    private Disconnect? _end;

    /// <summary>Makes a session; <see cref="Start"/> begins it.</summary>
    /// <param name="role">Whether this node dialled or accepted.</param>
    /// <param name="localHello">What this node says of itself.</param>
    /// <param name="settings">Times and bounds.</param>
    /// <param name="memory">What the node may hold for its peers, shared by its sessions.</param>
    /// <param name="seed">Ping nonces come from here.</param>
    /// <exception cref="ArgumentException">The hello announces other bounds than the settings hold.</exception>
    public PeerSession(SessionRole role, Hello localHello, SessionSettings settings, MemoryBudget memory, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(localHello);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(memory);
        if (localHello.MaxMessage != settings.MaxMessage || localHello.MaxRequests != settings.MaxRequests
            || localHello.CreditWindows.Count != CreditBook.Classes
            || localHello.CreditWindows.Any(window => window != settings.CreditWindow))
        {
            // The peer would keep to the one and be judged by the other.
            throw new ArgumentException("The hello announces other bounds than the settings hold.", nameof(localHello));
        }

        Role = role;
        State = role == SessionRole.Initiator ? SessionState.AwaitingHelloAck : SessionState.AwaitingHello;
        _localHello = localHello;
        _networkId = localHello.NetworkId;
        _settings = settings;
        _nonces = new SplitMix64(seed);
        _memory = memory;
        _reassembly = new Reassembly(memory, settings);
        _granted = new CreditBook(settings.CreditWindow);
        _windows = new CreditWindows(_granted, settings, memory);
    }

    /// <summary>Which side of the connection this is.</summary>
    public SessionRole Role { get; }

    /// <summary>Where the session stands.</summary>
    public SessionState State { get; private set; }

    /// <summary>What the peer said of itself, once its hello has been taken.</summary>
    public Hello? RemoteHello { get; private set; }

    /// <summary>When <see cref="OnTimer"/> is next due, or null when never.</summary>
    public TimeSpan? Deadline
    {
        get
        {
            TimeSpan keepAlive = _pingNonce is null ? _lastHeard + _settings.PingAfter : _pingSent + _settings.PongTimeout;
            return State switch
            {
                SessionState.Closed => null,
                SessionState.Draining or SessionState.Refusing => _closeDeadline,
                SessionState.Ready => Earlier(
                    Earlier(keepAlive, _blockedSince + _settings.NoProgressTimeout, _missed?.NotBefore),
                    _heldUpSince + _settings.CreditTimeout,
                    _reassembly.Count > 0 ? Earlier(_lanes.NextExpiry, _reassembly.Deadline) : _lanes.NextExpiry),
                SessionState.AwaitingHello => _helloDeadline,
                _ => _handshakeDeadline,
            };
        }
    }

    /// <summary>Begins the session: the initiator says hello, and both wait no longer than the handshake may take.</summary>
    public void Start(TimeSpan now)
    {
        _lastHeard = now;
        _helloSent = now;
        _helloDeadline = _handshakeDeadline = now + _settings.HandshakeTimeout;
        if (Role == SessionRole.Initiator)
        {
            QueueControl(FrameKind.Hello, 0, EncodeHello());
        }
    }

    /// <summary>Slots for handshakes run short: a hello that has not come yet must come sooner.</summary>
    public void Hurry()
    {
        TimeSpan sooner = _handshakeDeadline - _settings.HandshakeTimeout + _settings.CrowdedHelloTimeout;
        _helloDeadline = Earlier(_helloDeadline, sooner);
    }

    /// <summary>Takes the next effect.</summary>
    public bool TryTakeEffect(out SessionEffect effect) => _effects.TryDequeue(out effect);

    /// <summary>Time has come to <see cref="Deadline"/>, or passed some other moment: harmless when nothing is due.</summary>
    public void OnTimer(TimeSpan now)
    {
        if (State == SessionState.Closed || Deadline is not { } deadline || now < deadline)
        {
            return;
        }

        switch (State)
        {
            case SessionState.Draining or SessionState.Refusing:
                Cut();
                break;
            case SessionState.AwaitingHello or SessionState.AwaitingHelloAck or SessionState.AwaitingReady:
                Fail(now, DisconnectReason.HandshakeTimeout, State == SessionState.AwaitingHello && _helloDeadline < _handshakeDeadline
                    ? $"no hello after {_settings.CrowdedHelloTimeout}, and slots run short"
                    : $"not ready after {_settings.HandshakeTimeout}");
                break;
            case SessionState.Ready when _blockedSince is { } blocked && now - blocked >= _settings.NoProgressTimeout:
                Fail(now, DisconnectReason.SlowReader, $"took nothing for {_settings.NoProgressTimeout}");
                break;
            case SessionState.Ready when _heldUpSince + _settings.CreditTimeout <= now:
                // Whoever takes a byte now and then has taken something, and yet lets nothing through.
                Fail(now, _heldUpByWriter ? DisconnectReason.SlowReader : DisconnectReason.NoCredit,
                    $"{_lanes.Bytes} bytes waited for {_settings.CreditTimeout}");
                break;
            case SessionState.Ready when _reassembly.Deadline <= now:
                GiveUpStalled(now);
                break;
            case SessionState.Ready when _lanes.NextExpiry <= now:
                _lanes.RemoveExpired(now).ForEach(Expire);
                break;
            case SessionState.Ready when _missed?.NotBefore <= now:
                EndPause(now);
                break;
            default:
                KeepAlive(now);
                break;
        }
    }

    /// <summary>
    /// Ends the session in order: says goodbye, lets both sides drain what is queued, and ends the stream; cut off after
    /// <see cref="SessionSettings.DrainTimeout"/>. Before the handshake is complete there is nothing to drain, and the peer is refused.
    /// </summary>
    public void Close(TimeSpan now, DisconnectReason reason, string detail)
    {
        if (State is SessionState.AwaitingHello or SessionState.AwaitingHelloAck or SessionState.AwaitingReady)
        {
            Fail(now, reason, detail);
        }
        else if (State == SessionState.Ready || (State == SessionState.Draining && !_localGoodbye))
        {
            _end ??= new Disconnect(reason, DisconnectSide.Local, detail);
            BeginDrain(now);
            _localGoodbye = true;
            QueueGoodbye(reason, detail);
            AdvanceDrain();
        }
    }

    /// <summary>Ends the session for a fault of the peer: the goodbye names it, nothing else is sent or read.</summary>
    public void Fail(TimeSpan now, DisconnectReason reason, string detail)
    {
        if (State is SessionState.Refusing or SessionState.Closed || _shutdownAsked)
        {
            return;
        }

        _end = new Disconnect(reason, DisconnectSide.Local, detail);
        State = SessionState.Refusing;
        _closeDeadline = now + _settings.RefusalTimeout;
        ReleaseAll();
        QueueGoodbye(reason, detail);
        AskShutdown();
    }

    /// <summary>The connection is gone, whatever the cause. If the session had been told why, that stays its reason.</summary>
    public void OnTransportClosed(DisconnectReason reason, string detail)
    {
        if (State != SessionState.Closed)
        {
            _end ??= new Disconnect(reason, DisconnectSide.Transport, detail);
            BecomeClosed();
        }
    }

    private void Cut()
    {
        if (State == SessionState.Draining && !_lanes.IsEmpty)
        {
            _end = new Disconnect(DisconnectReason.DrainTimeout, DisconnectSide.Local,
                $"{_lanes.Bytes} bytes still queued after {_settings.DrainTimeout}; leaving because {_end!.Reason}");
        }

        Ask(SessionEffectKind.Abort);
        BecomeClosed();
    }

    private void BecomeClosed()
    {
        State = SessionState.Closed;
        ReleaseAll();
        _effects.Enqueue(new SessionEffect { Kind = SessionEffectKind.Closed, End = _end });
    }

    private void ReleaseAll()
    {
        _control.Clear();
        _lanes.Clear();
        _written.Flush();
        _current = null;
        _openInbound.Clear();
        _openOutbound.Clear();
        _queuedAnswers.Clear();
        _reassembly.Clear();
        _missed = null;
        _memory.Reassembly.Release(_delivered);
        _memory.Replies.Release(_deliveredReplies);
        _delivered = _deliveredReplies = 0;
        _windows.Close();
        ReleaseMemory();
        _blockedSince = _heldUpSince = null;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan? second, TimeSpan? third) => Earlier(Earlier(one, second), third);

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is { } time ? Earlier(time, other) : other;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan? other) => other < one ? other.Value : one;

    private void Ask(SessionEffectKind kind) => _effects.Enqueue(new SessionEffect { Kind = kind });
}
