namespace ActorP2P.Transport.Tests;

/// <summary>
/// The events of which an end of a memory connection informs its own sink outside of the call that caused them.
/// </summary>
internal enum MemoryLocalEvent
{
    /// <summary>A posted callback.</summary>
    Posted,
    /// <summary>The pending receive was given up.</summary>
    ReceiveAborted,
    /// <summary>The pending send was given up.</summary>
    SendAborted,
}
