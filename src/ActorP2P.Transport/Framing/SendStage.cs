namespace ActorP2P.Transport;

/// <summary>The stages of the sending direction of a <see cref="FrameConnection"/>, in their order.</summary>
internal enum SendStage
{
    /// <summary>Frames are accepted and sent.</summary>
    Open,
    /// <summary>No more frames are accepted. The stream is ended after the queued ones.</summary>
    ShutdownAsked,
    /// <summary>The stream has been ended.</summary>
    EndSent,
    /// <summary>The connection has ended, and nothing more is sent.</summary>
    Dead,
}
