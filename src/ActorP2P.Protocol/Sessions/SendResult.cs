namespace ActorP2P;

/// <summary>What became of a message handed to a session.</summary>
public enum SendResult
{
    /// <summary>It stands in its lane.</summary>
    Accepted,
    /// <summary>The peer's send queue is full; nothing was queued.</summary>
    QueueFull,
    /// <summary>The session is not ready, or is ending.</summary>
    NotConnected,
    /// <summary>The message is longer than the peer takes.</summary>
    TooLong,
    /// <summary>Nobody wants the message any more: its time ran out while it waited.</summary>
    Expired,
    /// <summary>The peer does not offer the service that the message belongs to.</summary>
    NoSuchService,
    /// <summary>The request this would answer is no longer open.</summary>
    NoLongerWanted,
}
