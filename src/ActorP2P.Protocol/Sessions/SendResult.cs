namespace ActorP2P;

/// <summary>The result of handing a message to a session.</summary>
public enum SendResult
{
    /// <summary>The message is queued in its lane.</summary>
    Accepted,
    /// <summary>The peer's send queue is full; nothing was queued.</summary>
    QueueFull,
    /// <summary>The session is not ready, or is ending.</summary>
    NotConnected,
    /// <summary>The message is longer than the peer accepts.</summary>
    TooLong,
    /// <summary>The message expired while it waited.</summary>
    Expired,
    /// <summary>The peer does not offer the service that the message belongs to.</summary>
    NoSuchService,
    /// <summary>The request that this would answer is no longer open.</summary>
    NoLongerWanted,
}
