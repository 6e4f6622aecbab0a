namespace ActorP2P;

/// <summary>
/// The application of a peer says a new state of itself (<see cref="P2PNode.SetStateAsync"/>). The state that it has
/// when it connects is in <see cref="PeerConnected"/>'s peer.
/// </summary>
/// <param name="Peer">The peer. Its <see cref="Peer.State"/> may be newer by now.</param>
/// <param name="State">The new state.</param>
public sealed record PeerStateChanged(Peer Peer, ReadOnlyMemory<byte> State) : NodeEvent;
