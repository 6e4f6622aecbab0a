namespace ActorP2P;

/// <summary>What an <see cref="Outbox"/> lets in.</summary>
internal enum OutboxState
{
    /// <summary>
    /// The peer has not introduced itself: short requests may follow this node's hello, long ones wait.
    /// </summary>
    Early,
    /// <summary>Whatever the peer takes.</summary>
    Open,
    /// <summary>Nothing.</summary>
    Closed,
}
