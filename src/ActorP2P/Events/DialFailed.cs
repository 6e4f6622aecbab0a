using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A dial failed before there was a connection.</summary>
/// <param name="Address">What was dialled.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">For people.</param>
public sealed record DialFailed(PeerAddress Address, ConnectFailure Reason, string Detail) : NodeEvent;
