using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A dial failed before there was a connection.</summary>
/// <param name="Address">The address that was dialled.</param>
/// <param name="Reason">Why it failed.</param>
/// <param name="Detail">The failure as a text for people.</param>
public sealed record DialFailed(PeerAddress Address, ConnectFailure Reason, string Detail) : NodeEvent;
