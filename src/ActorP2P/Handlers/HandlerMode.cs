namespace ActorP2P;

/// <summary>Where a handler runs.</summary>
internal enum HandlerMode
{
    /// <summary>In its peer's handler actor, one message at a time.</summary>
    Queued,
    /// <summary>In the connection's own turn: nothing of the connection goes on meanwhile.</summary>
    Inline,
    /// <summary>Begun in its peer's handler actor, and not waited for.</summary>
    Asynchronous,
}
