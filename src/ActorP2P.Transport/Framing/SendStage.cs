namespace ActorP2P.Transport;

/// <summary>
/// How far the sending direction of a <see cref="FrameConnection"/> has come. Each stage follows those before it.
/// </summary>
internal enum SendStage
{
    /// <summary>Frames are taken and sent.</summary>
    Open,
    /// <summary>No more frames are taken; the stream is to end behind what is queued.</summary>
    ShutdownAsked,
    /// <summary>The stream has been ended.</summary>
    EndSent,
    /// <summary>The connection is gone: nothing is sent any more.</summary>
    Dead,
}
