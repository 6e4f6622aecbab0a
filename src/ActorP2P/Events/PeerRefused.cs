using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A connection ended before its handshake was complete: refused by either side, or broken.</summary>
/// <param name="Address">The remote end.</param>
/// <param name="IsOutbound">Whether this node dialled.</param>
/// <param name="End">Why, and on whose word.</param>
public sealed record PeerRefused(PeerAddress Address, bool IsOutbound, Disconnect End) : NodeEvent;
