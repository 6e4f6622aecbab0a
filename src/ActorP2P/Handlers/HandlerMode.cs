namespace ActorP2P;

/// <summary>Where a handler runs.</summary>
internal enum HandlerMode
{
    /// <summary>In its peer's handler actor, one message at a time.</summary>
    Queued,
    /// <summary>In the turn of the connection, or of the Broadcaster, which does nothing else meanwhile.</summary>
    Inline,
    /// <summary>Started in its peer's handler actor, which does not wait for its end.</summary>
    Asynchronous,
}
