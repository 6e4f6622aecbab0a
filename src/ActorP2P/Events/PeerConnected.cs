namespace ActorP2P;

/// <summary>A connection's handshake is complete.</summary>
/// <param name="Peer">The peer.</param>
public sealed record PeerConnected(Peer Peer) : NodeEvent;
