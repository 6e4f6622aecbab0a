namespace ActorP2P;

/// <summary>
/// A connection's handshake is complete, and it is the one that is used to its node, if that has proven its id.
/// </summary>
/// <param name="Peer">The peer.</param>
public sealed record PeerConnected(Peer Peer) : NodeEvent;
