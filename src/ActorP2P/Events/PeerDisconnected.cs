using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A connection that was ready has ended.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="End">Why it ended, and which side ended it.</param>
public sealed record PeerDisconnected(Peer Peer, Disconnect End) : NodeEvent
{
    /// <summary>Why it ended.</summary>
    public DisconnectReason Reason => End.Reason;

    /// <summary>More about the reason, for people.</summary>
    public string Detail => End.Detail;
}
