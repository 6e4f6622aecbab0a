namespace ActorP2P;

/// <summary>Why an ask has no answer.</summary>
public enum AskFailure
{
    /// <summary>No answer before the deadline.</summary>
    TimedOut,
    /// <summary>The connection ended first; <see cref="AskException.End"/> says why.</summary>
    Disconnected,
    /// <summary>There was no such connection to begin with, or it is ending.</summary>
    NotConnected,
    /// <summary>The peer answered with an error; <see cref="AskException.ErrorCode"/> says which.</summary>
    PeerError,
    /// <summary>The peer answered with another message type than expected.</summary>
    UnexpectedType,
    /// <summary>The peer's answer is not such a message.</summary>
    Malformed,
    /// <summary>The peer's send queue is full.</summary>
    QueueFull,
    /// <summary>Too many asks are waiting in this node.</summary>
    TooManyPending,
    /// <summary>The request is longer than the peer takes.</summary>
    TooLong,
    /// <summary>The peer, or this node for the answer, has no room for a message of this size now.</summary>
    NoRoom,
    /// <summary>Its expiry passed before it could be sent, or before the peer's handler could begin.</summary>
    Expired,
    /// <summary>The peer does not take part in the service that the request belongs to; it was not asked.</summary>
    NoSuchService,
    /// <summary>The node is stopping, or the part of it that tracks requests was restarted.</summary>
    NodeFailed,
}
