using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A connection ended before its handshake was complete, because either side refused it or because it broke; or right
/// after it, because another connection to the same node stays (<see cref="DisconnectReason.DuplicateConnection"/>).
/// </summary>
/// <param name="Address">The remote end.</param>
/// <param name="IsOutbound">Whether this node dialled.</param>
/// <param name="End">Why it ended, and which side ended it.</param>
public sealed record PeerRefused(PeerAddress Address, bool IsOutbound, Disconnect End) : NodeEvent;
