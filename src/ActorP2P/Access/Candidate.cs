using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Whom a program is asked about.</summary>
public sealed record Candidate
{
    internal Candidate(AdmissionStage stage, Peer peer, Hello? hello, NodeId? id, ServiceName? service)
    {
        Stage = stage;
        Address = peer.Address;
        IsOutbound = peer.IsOutbound;
        Id = id;
        ClaimedId = hello?.NodeId;
        UserAgent = hello?.UserAgent ?? "";
        Services = hello?.Services ?? [];
        Service = service;
    }

    /// <summary>When the program is asked.</summary>
    public AdmissionStage Stage { get; }

    /// <summary>The address of the remote end.</summary>
    public PeerAddress Address { get; }

    /// <summary>Whether this node dialled the connection.</summary>
    public bool IsOutbound { get; }

    /// <summary>
    /// The node id that the peer has proven; null without encryption, and at <see cref="AdmissionStage.Connection"/>.
    /// </summary>
    public NodeId? Id { get; }

    /// <summary>The node id that the peer claims; null at <see cref="AdmissionStage.Connection"/>.</summary>
    public ClaimedNodeId? ClaimedId { get; }

    /// <summary>
    /// The name and version of the peer's software, as the peer states it; empty at
    /// <see cref="AdmissionStage.Connection"/>.
    /// </summary>
    public string UserAgent { get; }

    /// <summary>The services that the peer names; empty at <see cref="AdmissionStage.Connection"/>.</summary>
    public IReadOnlyList<ServiceName> Services { get; }

    /// <summary>
    /// The service of this node that the peer wants to use, with an empty name if it has none; null at the other
    /// stages.
    /// </summary>
    public ServiceName? Service { get; }
}
