namespace ActorP2P;

/// <summary>What a <see cref="PeerHandle"/> is doing.</summary>
public enum PeerHandleState
{
    /// <summary>It dials, or prepares a new connection. Messages wait.</summary>
    Connecting,
    /// <summary>There is a connection, and messages are sent.</summary>
    Connected,
    /// <summary>
    /// The peer was not reached, or the connection was lost. It dials again after a pause. Messages wait.
    /// </summary>
    Waiting,
    /// <summary>The handle was closed, or its node has stopped. This is final.</summary>
    Closed,
}
