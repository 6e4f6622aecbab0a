namespace ActorP2P;

/// <summary>Why there is no connection.</summary>
public enum ConnectFailure
{
    /// <summary>Nobody listens there.</summary>
    Refused,
    /// <summary>No answer in time.</summary>
    TimedOut,
    /// <summary>No way leads there.</summary>
    Unreachable,
    /// <summary>The name has no address.</summary>
    NameNotResolved,
    /// <summary>This node has no free slot.</summary>
    TooManyConnections,
    /// <summary>The address is banned.</summary>
    Banned,
    /// <summary>This node's access rules do not admit the address.</summary>
    NotAdmitted,
    /// <summary>
    /// Connected, and ended before the handshake was complete; <see cref="ConnectException.End"/> says why.
    /// </summary>
    HandshakeFailed,
    /// <summary>The node is stopping.</summary>
    Stopping,
    /// <summary>The process, or the system, has no file descriptor left.</summary>
    TooManyOpenFiles,
    /// <summary>Something else; the message says what.</summary>
    Other,
}
