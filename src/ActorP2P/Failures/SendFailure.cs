namespace ActorP2P;

/// <summary>Why a message was not accepted for sending.</summary>
public enum SendFailure
{
    /// <summary>The peer's send queue is full, and no more messages may wait for room in it.</summary>
    QueueFull,
    /// <summary>There is no such connection, it is ending, or the node has stopped.</summary>
    NotConnected,
    /// <summary>The message is longer than the peer accepts.</summary>
    TooLong,
    /// <summary>The message's expiry passed while it waited for room.</summary>
    Expired,
    /// <summary>The peer does not take part in the service that the message belongs to.</summary>
    NoSuchService,
}
