namespace ActorP2P;

/// <summary>
/// The node's store could not be read, or has not taken a change. The node goes on; it offers the change again, unless
/// the store has no room for it.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What happened, for people.</param>
public sealed record StoreFailed(PeerStoreFault Reason, string Detail) : NodeEvent;
