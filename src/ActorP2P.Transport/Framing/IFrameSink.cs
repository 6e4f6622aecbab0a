namespace ActorP2P.Transport;

/// <summary>
/// The owner of a <see cref="FrameConnection"/>. Any thread may make the calls, but never within a call to the
/// connection's own members. At most one <see cref="OnFrames"/> and one <see cref="OnRoom"/> are in progress at a time.
/// </summary>
internal interface IFrameSink
{
    /// <summary>
    /// One read of the stream has completed frames. The owner calls <see cref="FrameBatch.Release"/>, from any thread,
    /// when it no longer needs them. Until then the batch counts towards the bound at which reading pauses.
    /// </summary>
    void OnFrames(FrameBatch batch);

    /// <summary>
    /// There is room again after <see cref="FrameConnection.HasRoom"/> was false, or everything that a flush could not
    /// send at once is sent. The call may come once too often, so check <see cref="FrameConnection.HasRoom"/>.
    /// </summary>
    void OnRoom();

    /// <summary>
    /// The connection is closed, whichever side ended it. This is the last call, and it is made exactly once. After an
    /// orderly end of the peer's stream it comes when all flushed frames are sent.
    /// </summary>
    void OnClosed(TransportError error);
}
