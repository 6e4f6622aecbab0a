using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A remote node at the other end of one connection. Each connection has exactly one such object. Two peers are equal
/// when they are the same object, so a node that connects again is another <see cref="Peer"/>. After the connection has
/// ended, the object still identifies it; sending to it then fails with a typed reason.
/// </summary>
public sealed class Peer
{
    private volatile Introduction _introduction = Introduction.None;
    private PeerRef? _ref;
    private Action? _whenEnded;
    private volatile bool _isOver;
    private volatile bool _isLoggedIn;
    private volatile PeerKind _kind;
    private volatile bool _isReplaced;
    private int _holders;
    private LoginAttempts? _logins;
    private PeerExchange? _exchange;

    internal Peer(NodeContext owner, PeerLink link)
    {
        Owner = owner;
        ConnectionId = link.Number;
        Salt = link.Salt;
        Outbox = link.Outbox;
        Address = link.Address;
        IsOutbound = link.Role == SessionRole.Initiator;
        Counters = new PeerCounters(owner);
    }

    /// <summary>The connection's number in this node. A node never uses a number twice.</summary>
    public long ConnectionId { get; }

    /// <summary>The address of the remote end.</summary>
    public PeerAddress Address { get; }

    /// <summary>Whether this node dialled the connection.</summary>
    public bool IsOutbound { get; }

    /// <summary>What the connection is for. It may become more than it was made for.</summary>
    public PeerKind Kind => _kind;

    /// <summary>
    /// The node id that the peer has proven by its key; null before its hello has arrived, and always null without
    /// encryption.
    /// </summary>
    public NodeId? Id => _introduction.ProvenId;

    /// <summary>Whether the peer has proven its node id, so that <see cref="Id"/> is set.</summary>
    public bool IsProven => Id is not null;

    /// <summary>
    /// Whether the peer is a member: its id is proven, and it is on the list of allowed nodes or knows the secret of
    /// the private network (<see cref="ServiceAccess.Member"/>).
    /// </summary>
    public bool IsMember => Id is { } id && (Owner.Secret is not null || Owner.Access.Lists(id));

    /// <summary>Whether the peer has logged in here on this connection.</summary>
    public bool IsLoggedIn
    {
        get => _isLoggedIn;
        internal set => _isLoggedIn = value;
    }

    /// <summary>The node id that the peer claims; null before its hello has arrived.</summary>
    public ClaimedNodeId? ClaimedId => Hello?.NodeId;

    /// <summary>
    /// The name and version of the peer's software, as the peer states it; empty before its hello has arrived.
    /// </summary>
    public string UserAgent => Hello?.UserAgent ?? "";

    /// <summary>
    /// Where the peer says it can be dialled, with its id if that is proven; empty until it has introduced itself.
    /// </summary>
    public IReadOnlyList<PeerAddress> ListenAddresses
    {
        get
        {
            IReadOnlyList<PeerAddress> said = Hello?.ListenAddresses ?? [];
            return Id is not { } id ? said
                : [.. said.Select(address => new PeerAddress(address.Host, address.Port, id))];
        }
    }

    /// <summary>The services that the peer names; empty before its hello has arrived.</summary>
    public IReadOnlyList<ServiceName> Services => Hello?.Services ?? [];

    /// <summary>
    /// What the peer's application says of itself, the latest that has arrived; empty before its hello has arrived, and
    /// when it says nothing. See <see cref="P2PNode.SetStateAsync"/>.
    /// </summary>
    public ReadOnlyMemory<byte> State => Hello?.State ?? default;

    /// <summary>The broadcasts that the peer wants; none before its hello has arrived. It is sent no others.</summary>
    public BroadcastTypes WantedBroadcasts => Hello?.WantedBroadcasts ?? BroadcastTypes.None;

    /// <summary>A snapshot of the traffic on the connection so far.</summary>
    public PeerStatistics Statistics => Counters.Snapshot();

    /// <summary>
    /// The peer as an actor reference. <c>peer.Ref.Ask&lt;Reply&gt;(request)</c> asks the peer.
    /// <c>peer.Ref.Tell(message)</c> asks it if the message names its answer by <see cref="IRequest{TReply}"/>;
    /// otherwise it sends a notify. The sender gets the answer, or a <see cref="Status.Failure"/> with the exception
    /// that <c>AskAsync</c> throws. A notify that cannot be sent is published on the event stream as an
    /// <see cref="Akka.Event.Dropped"/> with the reason. An actor that calls <c>Context.Watch</c> learns when the
    /// connection ends. The reference ignores PoisonPill and Kill, and it works only in this process.
    /// </summary>
    public IActorRef Ref
    {
        get
        {
            // Made on first use, because most connections never need it.
            if (_ref is null)
            {
                Interlocked.CompareExchange(ref _ref, new PeerRef(this), null);
                if (_isOver)
                {
                    _ref.End();
                }
            }

            return _ref;
        }
    }

    /// <summary>
    /// A connection that this node has dialled serves a purpose, besides those for which it was made. Only the manager
    /// calls it.
    /// </summary>
    internal void Serve(PeerKind kind) => _kind = IsOutbound && kind > _kind ? kind : _kind;

    /// <summary>The peer's attempts to log in here. Made on first use, because few peers log in.</summary>
    internal LoginAttempts Logins => LazyInitializer.EnsureInitialized(ref _logins, static () => new LoginAttempts());

    /// <summary>The addresses that the peer may ask for and tell. Made on first use.</summary>
    internal PeerExchange Exchange =>
        LazyInitializer.EnsureInitialized(ref _exchange, () => new PeerExchange(Owner.Now));

    /// <summary>What a login of the peer at this node is about. The peer's hello must have arrived.</summary>
    internal LoginProof LoginToUs => new(SaidId, Owner.Id, Hello!.Nonce, Owner.Nonce);

    /// <summary>What a login of this node at the peer is about. The peer's hello must have arrived.</summary>
    internal LoginProof LoginToPeer => new(Owner.Id, SaidId, Owner.Nonce, Hello!.Nonce);

    /// <summary>Maps the peer's services to those of this node.</summary>
    internal ServiceMap Map => _introduction.Map;

    /// <summary>The node that the peer is connected to.</summary>
    internal NodeContext Owner { get; }

    /// <summary>
    /// The longest message that the peer accepts, in bytes; before its hello has arrived, the longest that every node
    /// accepts.
    /// </summary>
    internal int MaxMessage => Hello?.MaxMessage ?? SessionSettings.MaxEarlyRequest;

    internal PeerCounters Counters { get; }

    internal uint Salt { get; }

    /// <summary>
    /// The connection's actor. Both the actor and the manager set it, to the same value, before any other code has the
    /// peer.
    /// </summary>
    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    internal Outbox Outbox { get; }

    /// <summary>The random id of the peer's start, in its hello. The peer's hello must have arrived.</summary>
    internal ulong InstanceId => Hello!.InstanceId;

    /// <summary>
    /// Whether the connection has ended because the two nodes use another one. It is set before the end is told.
    /// </summary>
    internal bool IsReplaced
    {
        get => _isReplaced;
        set => _isReplaced = value;
    }

    /// <summary>How many addresses the application's handles reach by this connection.</summary>
    internal int Holders => Volatile.Read(ref _holders);

    /// <summary>The streams with which the application has done something.</summary>
    internal TouchedStreams Streams { get; } = new();

    private Hello? Hello => _introduction.Hello;

    // With encryption both are the same, because a hello that claims another id is refused.
    private NodeId SaidId => Id ?? Hello!.NodeId.Claim;

    /// <summary>
    /// The short form of its id and its address: <c>xzfb4ism@192.0.2.1:7000</c>. A <c>?</c> stands before an id that is
    /// only claimed, and for one that is not known yet.
    /// </summary>
    public override string ToString() => Id is { } id
        ? $"{id.ToShortString()}@{Address}"
        : $"{ClaimedId?.ToString() ?? "?"}@{Address}";

    /// <summary>Whether the peer has said in its hello that it understands something.</summary>
    internal bool Understands(HelloFeature feature) => ((Hello?.Features ?? 0) >> (int)feature & 1) == 1;

    /// <summary>Whether the peer may use a service with this access.</summary>
    internal bool MayUse(ServiceAccess access) => access switch
    {
        ServiceAccess.Open => true,
        ServiceAccess.Member => IsLoggedIn || IsMember,
        _ => IsLoggedIn,
    };

    /// <summary>Stores what the peer says of itself, in its hello or anew.</summary>
    internal void Introduce(Hello? hello, NodeId? provenId, ServiceMap map) =>
        _introduction = new Introduction(hello, provenId, map);

    /// <summary>An address of handles uses the connection from now on.</summary>
    internal void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>An address of handles no longer uses the connection.</summary>
    internal void LetGo() => Interlocked.Decrement(ref _holders);

    /// <summary>Whether the connection has ended.</summary>
    internal bool IsOver => _isOver;

    /// <summary>The connection has ended: the actors that watch the peer are told.</summary>
    internal void End()
    {
        _isOver = true;

        // The flag is set before the rest is read. Otherwise what is added in between would never learn of the end.
        Interlocked.MemoryBarrier();
        _ref?.End();
        Interlocked.Exchange(ref _whenEnded, null)?.Invoke();
    }

    /// <summary>Calls once when the connection has ended, at once if it has ended already.</summary>
    internal void WhenEnded(Action call)
    {
        Action? before;
        do
        {
            before = Volatile.Read(ref _whenEnded);
        }
        while (Interlocked.CompareExchange(ref _whenEnded, before + call, before) != before);
        if (_isOver)
        {
            Interlocked.Exchange(ref _whenEnded, null)?.Invoke();
        }
    }

    private sealed record Introduction(Hello? Hello, NodeId? ProvenId, ServiceMap Map)
    {
        public static readonly Introduction None = new(null, null, ServiceMap.Unknown);
    }
}
