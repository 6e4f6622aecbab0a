namespace ActorP2P;

/// <summary>Why an ask has no answer.</summary>
public enum AskFailure
{
    /// <summary>No answer came before the deadline.</summary>
    TimedOut,
    /// <summary>The connection ended first; <see cref="AskException.End"/> says why.</summary>
    Disconnected,
    /// <summary>There was no such connection when the ask was made, or the connection is ending.</summary>
    NotConnected,
    /// <summary>The peer answered with an error; <see cref="AskException.ErrorCode"/> says which.</summary>
    PeerError,
    /// <summary>The peer answered with another message type than expected.</summary>
    UnexpectedType,
    /// <summary>The peer's answer could not be decoded as a message of its type.</summary>
    Malformed,
    /// <summary>The peer's send queue is full.</summary>
    QueueFull,
    /// <summary>Too many asks are waiting in this node.</summary>
    TooManyPending,
    /// <summary>The request is longer than the peer accepts.</summary>
    TooLong,
    /// <summary>The peer has no room for the request now, or this node has none for the answer.</summary>
    NoRoom,
    /// <summary>
    /// The request's expiry passed before it could be sent, or before the peer's handler could begin.
    /// </summary>
    Expired,
    /// <summary>The peer does not take part in the service of the request, so the request was not sent.</summary>
    NoSuchService,
    /// <summary>The node is stopping, or the part of it that tracks requests was restarted.</summary>
    NodeFailed,
}
