using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A connection that was ready has ended.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="End">Why, and on whose word.</param>
public sealed record PeerDisconnected(Peer Peer, Disconnect End) : NodeEvent
{
    /// <summary>Why.</summary>
    public DisconnectReason Reason => End.Reason;

    /// <summary>What is known beyond the reason.</summary>
    public string Detail => End.Detail;
}
