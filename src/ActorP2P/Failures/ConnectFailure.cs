namespace ActorP2P;

/// <summary>Why there is no connection.</summary>
public enum ConnectFailure
{
    /// <summary>No process listens at the address.</summary>
    Refused,
    /// <summary>The connection was not made in time.</summary>
    TimedOut,
    /// <summary>There is no route to the address.</summary>
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
    /// The TCP connection was made but ended before the handshake was complete; <see cref="ConnectException.End"/> says
    /// why.
    /// </summary>
    HandshakeFailed,
    /// <summary>The node is stopping.</summary>
    Stopping,
    /// <summary>The process or the operating system has no file descriptor left.</summary>
    TooManyOpenFiles,
    /// <summary>Another reason; the message describes it.</summary>
    Other,
}
