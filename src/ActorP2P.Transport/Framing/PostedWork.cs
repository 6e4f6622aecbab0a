namespace ActorP2P.Transport;

/// <summary>
/// What a <see cref="FrameConnection"/> does outside of its owner's call, when its connection calls back.
/// </summary>
[Flags]
internal enum PostedWork
{
    None = 0,
    /// <summary>Begin to read, or go on after a pause.</summary>
    Read = 1,
    /// <summary>Go on sending after a fair share was sent.</summary>
    Send = 2,
    /// <summary>Tell the owner that there is room.</summary>
    TellRoom = 4,
    /// <summary>Tell the owner that the connection is closed.</summary>
    TellClosed = 8,
}
