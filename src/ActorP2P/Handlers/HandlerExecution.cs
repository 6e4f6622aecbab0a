namespace ActorP2P;

/// <summary>Where a synchronous handler runs.</summary>
public enum HandlerExecution
{
    /// <summary>
    /// On the thread pool, one message of a peer at a time. The handler may block; only its own peer's messages wait.
    /// </summary>
    Queued,

    /// <summary>
    /// In the connection's own turn, which saves two hops between threads. The handler must be short and must not
    /// block, since nothing is read or sent on the connection meanwhile. It may overtake messages whose handlers wait.
    /// </summary>
    Inline,
}
