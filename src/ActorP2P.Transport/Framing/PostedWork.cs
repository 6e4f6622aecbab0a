namespace ActorP2P.Transport;

/// <summary>
/// The work of a <see cref="FrameConnection"/> that is done in a callback of its connection, outside of its owner's
/// calls.
/// </summary>
[Flags]
internal enum PostedWork
{
    None = 0,
    /// <summary>Begin to read, or continue after a pause.</summary>
    Read = 1,
    /// <summary>Continue to send; the thread had sent its fair share.</summary>
    Send = 2,
    /// <summary>Notify the owner that there is room.</summary>
    TellRoom = 4,
    /// <summary>Notify the owner that the connection is closed.</summary>
    TellClosed = 8,
}
