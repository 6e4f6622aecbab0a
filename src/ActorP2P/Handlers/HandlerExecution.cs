namespace ActorP2P;

/// <summary>Where a synchronous handler runs.</summary>
public enum HandlerExecution
{
    /// <summary>
    /// On the thread pool, one message of a peer at a time. The handler may block; only messages of the same peer wait.
    /// </summary>
    Queued,

    /// <summary>
    /// In the connection's own turn, which saves two thread switches. The handler must be short and must not block,
    /// because the connection reads and sends nothing meanwhile. It may overtake messages that wait for their handlers.
    /// An inline handler of broadcasts runs in a turn of the node's Broadcaster, and no broadcast passes meanwhile.
    /// </summary>
    Inline,
}
