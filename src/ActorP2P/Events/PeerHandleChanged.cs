namespace ActorP2P;

/// <summary>The handles of an address have changed their state.</summary>
/// <param name="Address">The address.</param>
/// <param name="State">The new state.</param>
/// <param name="Peer">The connection, if the state is <see cref="PeerHandleState.Connected"/>; otherwise null.</param>
/// <param name="Fault">
/// Why the peer was not reached, if the state is <see cref="PeerHandleState.Waiting"/>; null after a connection that
/// was lost, whose end <see cref="PeerDisconnected"/> reports.
/// </param>
public sealed record PeerHandleChanged(PeerAddress Address, PeerHandleState State, Peer? Peer, Exception? Fault)
    : NodeEvent;
