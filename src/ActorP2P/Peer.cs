using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A remote node, by way of one connection to it. There is one object for each connection, and two are equal when they
/// are the same object: a peer that connects again is another <see cref="Peer"/>. It stays valid to name the connection
/// after its end; sending to it then fails with a typed reason.
/// </summary>
public sealed class Peer
{
    private volatile Introduction _introduction = Introduction.None;
    private PeerRef? _ref;
    private volatile bool _isOver;

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

    /// <summary>The connection's number in this node. It is never used again while the node lives.</summary>
    public long ConnectionId { get; }

    /// <summary>The remote end of the connection.</summary>
    public PeerAddress Address { get; }

    /// <summary>Whether this node dialled.</summary>
    public bool IsOutbound { get; }

    /// <summary>
    /// The id that the peer has proven by its key; null until it has introduced itself, and where connections are not
    /// encrypted.
    /// </summary>
    public NodeId? Id => _introduction.ProvenId;

    /// <summary>The id that the peer claims; null until it has introduced itself.</summary>
    public ClaimedNodeId? ClaimedId => Hello?.NodeId;

    /// <summary>
    /// The name and version of the peer's software, as it says; empty until it has introduced itself.
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

    /// <summary>The services that the peer names; empty until it has introduced itself.</summary>
    public IReadOnlyList<ServiceName> Services => Hello?.Services ?? [];

    /// <summary>What has passed over the connection so far, a snapshot.</summary>
    public PeerStatistics Statistics => Counters.Snapshot();

    /// <summary>
    /// The peer as actors know one. <c>peer.Ref.Ask&lt;Reply&gt;(request)</c> asks. <c>peer.Ref.Tell(message)</c> asks
    /// when the message names its answer by <see cref="IRequest{TReply}"/>, and notifies otherwise. The answer, or a
    /// <see cref="Status.Failure"/> with the exception of <c>AskAsync</c>, goes to the sender. A notify that cannot be
    /// sent is published on the event stream as <see cref="Akka.Event.Dropped"/>, with the reason. <c>Context.Watch</c>
    /// tells the connection's end. It takes no PoisonPill and no Kill, and it is known in this process only.
    /// </summary>
    public IActorRef Ref
    {
        get
        {
            // Made when it is asked for: most connections never are.
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

    /// <summary>The services it shares with this node.</summary>
    internal ServiceMap Map => _introduction.Map;

    /// <summary>The node whose peer it is.</summary>
    internal NodeContext Owner { get; }

    /// <summary>
    /// The longest message the peer takes, in bytes; before it has introduced itself, what every node takes.
    /// </summary>
    internal int MaxMessage => Hello?.MaxMessage ?? SessionSettings.MaxEarlyRequest;

    internal PeerCounters Counters { get; }

    internal uint Salt { get; }

    /// <summary>
    /// The connection's actor. The actor itself and the manager set it, to the same, before anybody else has the peer.
    /// </summary>
    internal IActorRef Actor { get; set; } = ActorRefs.Nobody;

    internal Outbox Outbox { get; }

    private Hello? Hello => _introduction.Hello;

    /// <summary>
    /// The short form of its id and its address: <c>xzfb4ism@192.0.2.1:7000</c>. A <c>?</c> stands before an id that is
    /// only claimed, and for one that is not known yet.
    /// </summary>
    public override string ToString() => Id is { } id
        ? $"{id.ToShortString()}@{Address}"
        : $"{ClaimedId?.ToString() ?? "?"}@{Address}";

    /// <summary>The peer has said who it is.</summary>
    internal void Introduce(Hello? hello, NodeId? provenId, ServiceMap map) =>
        _introduction = new Introduction(hello, provenId, map);

    /// <summary>The connection has ended: whoever watches it hears so.</summary>
    internal void End()
    {
        _isOver = true;

        // Said before it is looked whether there is a reference, or one made in between would never hear of it.
        Interlocked.MemoryBarrier();
        _ref?.End();
    }

    private sealed record Introduction(Hello? Hello, NodeId? ProvenId, ServiceMap Map)
    {
        public static readonly Introduction None = new(null, null, ServiceMap.Unknown);
    }
}
