namespace ActorP2P;

/// <summary>Which messages an <see cref="Outbox"/> accepts.</summary>
internal enum OutboxState
{
    /// <summary>
    /// The peer's hello has not arrived: short requests may follow this node's hello, long ones wait.
    /// </summary>
    Early,
    /// <summary>All messages that the peer accepts.</summary>
    Open,
    /// <summary>No message.</summary>
    Closed,
}
