namespace ActorP2P.Transport.Tests;

/// <summary>What an end of a memory connection owes its own sink, outside of the call that caused it.</summary>
internal enum MemoryLocalEvent
{
    /// <summary>What was posted.</summary>
    Posted,
    /// <summary>The waiting receive was given up.</summary>
    ReceiveAborted,
    /// <summary>The waiting send was given up.</summary>
    SendAborted,
}
