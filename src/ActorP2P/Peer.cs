using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A remote node, by way of one connection to it. A value: it says what was so when the connection became ready, and stays
/// valid to name the peer after the connection is gone (sending to it then fails, typed).
/// </summary>
public sealed class Peer
{
    internal Peer(long link, uint salt, IActorRef actor, PeerAddress address, SessionRole role, Hello? hello)
    {
        Link = link;
        Salt = salt;
        Actor = actor;
        Address = address;
        IsOutbound = role == SessionRole.Initiator;
        ClaimedId = hello?.NodeId;
        UserAgent = hello?.UserAgent ?? "";
        ListenAddresses = hello?.ListenAddresses ?? [];
        Services = hello?.Services ?? [];
    }

    /// <summary>The connection's number in this node: unique for the node's life.</summary>
    public long Link { get; }

    /// <summary>The remote end of the connection.</summary>
    public PeerAddress Address { get; }

    /// <summary>Whether this node dialled.</summary>
    public bool IsOutbound { get; }

    /// <summary>The id the peer claims; null when it was asked before it had introduced itself.</summary>
    public ClaimedNodeId? ClaimedId { get; }

    /// <summary>The peer's software, as it says.</summary>
    public string UserAgent { get; }

    /// <summary>Where the peer says it can be dialled.</summary>
    public IReadOnlyList<PeerAddress> ListenAddresses { get; }

    /// <summary>The services the peer names.</summary>
    public IReadOnlyList<ServiceName> Services { get; }

    internal uint Salt { get; }

    internal IActorRef Actor { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{ClaimedId?.ToString() ?? "?"}@{Address}";
}
