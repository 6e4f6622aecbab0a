namespace ActorP2P.Protocol;

/// <summary>
/// The protocol with one peer as a pure state machine: frames, commands and the time go in, frames and effects come
/// out. It owns no socket, timer or thread. Its shell, the PeerActor, calls it in turns:
/// <list type="number">
/// <item>
/// Pass in what happened. Inputs are named <c>Handle…</c> and <c>On…</c> (<see cref="HandleFrame"/>,
/// <see cref="OnTimer"/>); the application's commands have the name of what they do
/// (<see cref="Send(TimeSpan, OutboundMessage)"/>, <see cref="Finish"/>, <see cref="Close"/>). A turn may have any
/// number of them, in any order.
/// </item>
/// <item>
/// After each frame, and once at the end of the turn, carry out effects until <see cref="TryGetEffect"/>
/// returns false. This comes first because the body of a message may lie in the receive buffer.
/// </item>
/// <item>
/// While the writer has room, write the frames that <see cref="TryGetFrame"/> returns, and confirm each by
/// <see cref="OnFrameWritten"/>. Then call <see cref="OnWriterIdle"/> when no frame is left, or
/// <see cref="OnWriterBlocked"/> when the writer is full.
/// </item>
/// <item>Carry out effects again, call <see cref="ChargeMemory"/>, and arm a timer for <see cref="Deadline"/>.</item>
/// </list>
/// The time must not go back from one call to the next. Every session ends with a <see cref="DisconnectReason"/>, which
/// <see cref="SessionEvent.Closed"/> gives once.
/// </summary>
/// <remarks>
/// The session decides what is allowed in which <see cref="State"/>. Its parts do the rest, each with its own
/// state: <see cref="Handshake"/>, <see cref="KeepAlive"/>, <see cref="Goodbye"/>, <see cref="CreditGrants"/>,
/// <see cref="InboundMessages"/>, <see cref="OutboundScheduler"/>, <see cref="MissedBroadcasts"/>,
/// <see cref="StreamTable"/>, <see cref="WriterWatch"/>, <see cref="MemoryCharge"/>. A part never calls the session: it
/// returns a <see cref="SessionFault"/>, or adds to the <see cref="EffectQueue"/> and the <see cref="ControlQueue"/>.
/// </remarks>
internal sealed partial class PeerSession
{
    /// <summary>The protocol version of this implementation; version 0 is no longer spoken.</summary>
    public const int ProtocolVersion = 1;

    private readonly SessionSettings _settings;
    private readonly EffectQueue _effects = new();
    private readonly OpenRequests _requests = new();
    private readonly ControlQueue _control;
    private readonly KeepAlive _keepAlive;
    private readonly CreditGrants _grants;
    private readonly MemoryCharge _charge;
    private readonly MissedBroadcasts _missed;
    private readonly Updates _updates;
    private readonly StreamTable _streams;
    private readonly OutboundScheduler _outbound;
    private readonly InboundMessages _inbound;

    private ControlAllowance _allowance;
    private WriterWatch _writer;
    private Goodbye _goodbye;

    // Null once the session is ready.
    private Handshake? _handshake;
    private TimeSpan _closeDeadline;
    private Disconnect? _end;

    /// <summary>Makes a session; <see cref="Start"/> begins it.</summary>
    /// <param name="role">Whether this node dialled or accepted.</param>
    /// <param name="localHello">This node's hello.</param>
    /// <param name="settings">Times and bounds.</param>
    /// <param name="memory">The node's memory budget, which all its sessions share.</param>
    /// <param name="seed">The seed of the ping nonces.</param>
    /// <param name="keys">The network's secrets; null: the network has none.</param>
    /// <exception cref="ArgumentException">The hello announces other limits than the settings have.</exception>
    public PeerSession(SessionRole role, Hello localHello, SessionSettings settings, MemoryBudget memory, ulong seed,
        NetworkKeys? keys = null)
    {
        ArgumentNullException.ThrowIfNull(localHello);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(memory);
        if (localHello.MaxMessage != settings.MaxMessage || localHello.MaxRequests != settings.MaxRequests
            || localHello.CreditWindows.Count != CreditBook.Classes
            || localHello.CreditWindows.Any(window => window != settings.CreditWindow))
        {
            // The peer would follow the hello, while the session checks against the settings.
            throw new ArgumentException("The hello announces other limits than the settings have.", nameof(localHello));
        }

        Role = role;
        State = role == SessionRole.Initiator ? SessionState.AwaitingHelloAck : SessionState.AwaitingHello;
        _settings = settings;
        _control = new ControlQueue(settings.MaxRequests);
        _handshake = new Handshake(localHello, settings, role, keys);
        _keepAlive = new KeepAlive(settings, seed);
        _grants = new CreditGrants(settings, memory, _keepAlive);
        _charge = new MemoryCharge(memory);
        _missed = new MissedBroadcasts(settings, memory, _effects, Counters);
        _updates = new Updates(localHello);
        SendLanes lanes = new();
        _streams = new StreamTable(role, localHello, lanes, new StreamGrants(settings, memory, _keepAlive));
        _outbound = new OutboundScheduler(
            settings, memory, _requests, _missed, _control, _effects, Counters, lanes, _streams);
        _inbound = new InboundMessages(
            settings, localHello.NetworkId, memory, _requests, _grants, _charge, _outbound, _control, _effects,
            Counters);
        _writer = new WriterWatch(settings);
    }

    /// <summary>Which side of the connection this is.</summary>
    public SessionRole Role { get; }

    /// <summary>The current state of the session.</summary>
    public SessionState State { get; private set; }

    /// <summary>
    /// The id that the connection has proven for the peer; null if the connection proves none. Set it before the peer's
    /// first frame. A hello with another id is refused.
    /// </summary>
    public NodeId? ProvenId { get; set; }

    /// <summary>Which nodes may be peers.</summary>
    public AccessRules Access { get; set; } = AccessRules.Open;

    /// <summary>The peer's hello, once it has been accepted.</summary>
    public Hello? RemoteHello { get; private set; }

    /// <summary>
    /// The last measured round trip: first that of the handshake, then that of each ping and its pong.
    /// </summary>
    public TimeSpan? RoundTrip => _keepAlive.RoundTrip;

    /// <summary>The mean of all measured round trips and how much they vary.</summary>
    public RoundTripEstimate RoundTrips => _keepAlive.Estimate;

    /// <summary>
    /// Whether the session drains because the two nodes have another connection. Neither leaves, so what the other side
    /// had sent before it learnt of the end is still served.
    /// </summary>
    public bool IsReplaced => _end?.Reason == DisconnectReason.DuplicateConnection;

    /// <summary>The counts since the session began.</summary>
    public SessionCounters Counters { get; } = new();

    /// <summary>When <see cref="OnTimer"/> is next due, or null when never.</summary>
    public TimeSpan? Deadline => State switch
    {
        SessionState.Closed => null,
        SessionState.Draining or SessionState.Drained or SessionState.Refusing => _closeDeadline,
        SessionState.Ready => WaitTime.Earliest(
            _keepAlive.Deadline, _writer.Deadline, _missed.Deadline, _outbound.Lanes.NextExpiry,
            _inbound.Reassembly.Deadline, _updates.Deadline, _grants.Deadline),
        SessionState.AwaitingHello => _handshake!.HelloDeadline,
        _ => _handshake!.Deadline,
    };

    /// <summary>
    /// Called, from any thread, when a response that waited for room has it. <see cref="OnReplyRoom"/> must then be
    /// called.
    /// </summary>
    public Action? ReplyRoomGranted
    {
        get => _inbound.Reassembly.RoomGranted;
        set => _inbound.Reassembly.RoomGranted = value;
    }

    /// <summary>Since when frames have waited without the writer taking any; null while it takes them.</summary>
    public TimeSpan? BlockedSince => _writer.BlockedSince;

    /// <summary>Bytes that wait to be sent.</summary>
    public long QueuedBytes => _outbound.Lanes.Bytes + _streams.Queued;

    /// <summary>Requests of the peer that are open here.</summary>
    public int OpenInbound => _requests.OfPeer;

    /// <summary>
    /// Bytes that this node holds for the peer: messages received and not finished, fragments with the whole buffers
    /// that contain them, and messages that wait to be sent.
    /// </summary>
    public long HeldBytes => OwnBytes + _outbound.Lanes.CommonBytes;

    /// <summary>The credit that the peer has granted this node.</summary>
    internal CreditBook SendingCredit => _outbound.Credit;

    /// <summary>What this node grants the peer.</summary>
    internal CreditGrants Grants => _grants;

    /// <summary>The credit that this node has granted the peer.</summary>
    internal CreditBook ReceivingCredit => _grants.Book;

    /// <summary>Bytes of the buffers that unfinished messages of the peer hold.</summary>
    internal long HeldForReassembly => _inbound.Reassembly.Held;

    // Without buffers that other peers hold too, which are themselves charged to the node.
    private long OwnBytes => _outbound.Lanes.Bytes - _outbound.Lanes.CommonBytes + _charge.Delivered + _missed.OwnBytes
        + _grants.Unfinished + _inbound.Reassembly.Held + _streams.Queued + _streams.Unread;

    /// <summary>
    /// The queued bytes that count against a new message of a lane: those in the lane and in the more urgent
    /// ones. Less urgent bytes are not counted. The queue is full for the lane when they reach the bound.
    /// </summary>
    public long QueuedBytesFor(Lane lane) => _outbound.Lanes.BytesUpTo(lane);

    /// <summary>
    /// The bytes of responses and errors among <see cref="QueuedBytesFor"/>. They are sent whatever
    /// the peer's handlers do, so that waiting for them cannot block two nodes on each other.
    /// </summary>
    public long QueuedReplyBytesFor(Lane lane) => _outbound.Lanes.BytesOf(CreditClass.Response, lane);

    /// <summary>Bytes of the peer's streams that the application has not read.</summary>
    internal long UnreadStreamBytes => _streams.Unread;

    /// <summary>Streams that are open, whichever side has opened them.</summary>
    internal int OpenStreams => _streams.Open;

    /// <summary>The streams; <see cref="SessionStreams"/> has the operations of the shell.</summary>
    internal StreamTable Streams => _streams;

    /// <summary>The next effect to carry out, if there is one.</summary>
    public bool TryGetEffect(out SessionEffect effect) => _effects.TryGet(out effect);

    /// <summary>
    /// The next frame to write, if there is one: the session's own frames first, then messages in the order that lanes
    /// and credit allow.
    /// </summary>
    /// <param name="now">The time. A message that has expired by then is dropped instead of sent.</param>
    /// <param name="frame">
    /// The frame. <see cref="OnFrameWritten"/> must be called once it is written or copied.
    /// </param>
    /// <exception cref="InvalidOperationException">The previous frame has not been written yet.</exception>
    public bool TryGetFrame(TimeSpan now, out OutboundFrame frame)
    {
        _outbound.ThrowIfFrameIsOut();
        if (_control.Count > 0)
        {
            return _control.TryGetFrame(out frame);
        }

        if (State is SessionState.AwaitingHello or SessionState.AwaitingAdmission or >= SessionState.Drained)
        {
            frame = default;
            return false;
        }

        if (_grants.TryRenew(now, isBound: State == SessionState.Ready, out frame))
        {
            return true;
        }

        if (_streams.HasSessionFrames && _streams.TryGetSessionFrame(out frame))
        {
            return true;
        }

        if (State == SessionState.Ready && TryGetNews(now, out frame))
        {
            return true;
        }

        if (_outbound.TryGetFrame(now, out frame))
        {
            _writer.OnMessageFrame();
            _allowance.OnMessage();
            return true;
        }

        // The last message may have expired. Then the peer's goodbye must be acknowledged now.
        AdvanceDrain();
        return _control.TryGetFrame(out frame);
    }

    /// <summary>The frame that <see cref="TryGetFrame"/> returned has been written or copied.</summary>
    public void OnFrameWritten()
    {
        _outbound.OnFrameWritten();
        AdvanceDrain();
    }

    /// <summary>Frames wait, and the writer has no room for them.</summary>
    public void OnWriterBlocked(TimeSpan now) => _writer.OnBlocked(now, !_outbound.Lanes.IsEmpty);

    /// <summary>All frames that may be sent are written. Messages that are left wait for the peer.</summary>
    public void OnWriterIdle(TimeSpan now) => _writer.OnIdle(now, _outbound.IsHeldUp);

    /// <summary>The operating system has taken bytes.</summary>
    public void OnWriterProgress() => _writer.OnProgress();

    /// <summary>Slots for handshakes run short: the time limit for the peer's hello becomes shorter.</summary>
    public void OnHandshakesCrowded() => _handshake?.OnCrowded();

    /// <summary>Charges the bytes held now to the node's budget. It must be called at the end of each turn.</summary>
    public void ChargeMemory() => _charge.Update(State == SessionState.Closed ? 0 : OwnBytes);

    /// <summary>Queues a request, notify or broadcast, and releases its buffer whatever becomes of it.</summary>
    /// <exception cref="ArgumentException">The message is an answer.</exception>
    public SendResult Send(TimeSpan now, OutboundMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Class == CreditClass.Response)
        {
            _outbound.Refuse(message, SendResult.NotConnected);
            throw new ArgumentException($"A {message.Kind} goes through {nameof(Respond)}.", nameof(message));
        }

        SendResult admitted = Admit(message);
        return admitted == SendResult.Accepted ? _outbound.Enqueue(now, message) : _outbound.Refuse(message, admitted);
    }

    /// <summary>
    /// Queues a request, notify or broadcast. Its buffer is released in every case: when the message is sent, dropped
    /// or refused.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="kind">Request, notify or broadcast.</param>
    /// <param name="type">The application's message type.</param>
    /// <param name="id">The request id. For a notify or a broadcast the session assigns an id instead.</param>
    /// <param name="lane">High, normal or bulk.</param>
    /// <param name="body">The encoded message.</param>
    /// <param name="owner">The buffer that contains the body, retained for this message.</param>
    /// <param name="expires">When the message expires; null for never.</param>
    /// <param name="trace">The trace that the message is part of, as headers; null for none.</param>
    /// <exception cref="ArgumentException">The message is an answer, or breaks the protocol.</exception>
    public SendResult Send(
        TimeSpan now, FrameKind kind, ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner,
        TimeSpan? expires = null, byte[]? trace = null)
    {
        OutboundMessage message = _outbound.Rent(kind, type, id, lane, body, owner);
        message.Expires = expires;
        message.Trace = trace;
        return Send(now, message);
    }

    /// <summary>
    /// Queues a broadcast that the peer has asked for. Unlike a new one it displaces no other: without room its id is
    /// announced again. Its buffer is released in every case.
    /// </summary>
    public SendResult SendAgain(
        TimeSpan now, ushort type, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        OutboundMessage message = _outbound.Rent(FrameKind.Broadcast, type, 0, lane, body, owner);
        SendResult admitted = Admit(message);
        return admitted == SendResult.Accepted
            ? _outbound.EnqueueAgain(now, message)
            : _outbound.Refuse(message, admitted);
    }

    private SendResult Admit(OutboundMessage message)
    {
        // The peer's limits are known only from its hello. Before it, only what every node accepts may be sent.
        bool isEarly = State == SessionState.AwaitingHelloAck && message.Kind == FrameKind.Request
            && message.Body.Length <= SessionSettings.MaxEarlyRequest;
        return State != SessionState.Ready && !isEarly ? SendResult.NotConnected
            : message.Body.Length > RemoteHello?.MaxMessage ? SendResult.TooLong
            : SendResult.Accepted;
    }
}
