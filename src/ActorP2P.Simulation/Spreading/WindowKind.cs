namespace ActorP2P.Simulation;

/// <summary>The kinds of messages between the parts of a world.</summary>
internal enum WindowKind : byte
{
    /// <summary>The segments of a window, and the time of the sender's next event.</summary>
    Window = 1,
    /// <summary>Whether a condition holds at the sender.</summary>
    Vote,
    /// <summary>The sender's part of the result.</summary>
    Result,
    /// <summary>The sender has failed; the message says why.</summary>
    Failed,
}
