using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A remote node, by way of one connection to it. A value: it says what was so when the connection became ready, and stays
/// valid to name the peer after the connection is gone (sending to it then fails, typed).
/// </summary>
public sealed class Peer
{
    internal Peer(NodeContext owner, PeerLink link, IActorRef actor, Hello? hello, ServiceMap map)
    {
        Owner = owner;
        Map = map;
        Hello = hello;
        Link = link.Number;
        Salt = link.Salt;
        Actor = actor;
        Outbox = link.Outbox;
        Address = link.Address;
        IsOutbound = link.Role == SessionRole.Initiator;
    }

    /// <summary>The connection's number in this node: unique for the node's life.</summary>
    public long Link { get; }

    /// <summary>The remote end of the connection.</summary>
    public PeerAddress Address { get; }

    /// <summary>Whether this node dialled.</summary>
    public bool IsOutbound { get; }

    /// <summary>The id the peer claims; null when it was asked before it had introduced itself.</summary>
    public ClaimedNodeId? ClaimedId => Hello?.NodeId;

    /// <summary>The peer's software, as it says.</summary>
    public string UserAgent => Hello?.UserAgent ?? "";

    /// <summary>Where the peer says it can be dialled.</summary>
    public IReadOnlyList<PeerAddress> ListenAddresses => Hello?.ListenAddresses ?? [];

    /// <summary>The services the peer names.</summary>
    public IReadOnlyList<ServiceName> Services => Hello?.Services ?? [];

    /// <summary>Which services it shares with this node.</summary>
    internal ServiceMap Map { get; }

    /// <summary>The node whose peer it is.</summary>
    internal NodeContext Owner { get; }

    /// <summary>The longest message the peer takes, in bytes; before it has introduced itself, what every node takes.</summary>
    internal int MaxMessage => Hello?.MaxMessage ?? SessionSettings.MaxEarlyRequest;

    private Hello? Hello { get; }

    internal uint Salt { get; }

    internal IActorRef Actor { get; }

    internal Outbox Outbox { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ClaimedId?.ToString() ?? "?"}@{Address}";
}
