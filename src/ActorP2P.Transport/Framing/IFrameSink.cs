namespace ActorP2P.Transport;

/// <summary>
/// The owner of a <see cref="FrameConnection"/>. Calls come from any thread, never from within a call of the
/// connection's own members; at most one of <see cref="OnFrames"/> and one of <see cref="OnRoom"/> is under way at a
/// time.
/// </summary>
internal interface IFrameSink
{
    /// <summary>
    /// What one read of the stream brought. The owner calls <see cref="FrameBatch.Release"/> when it is through with
    /// it, from any thread; until then the batch counts towards the bound at which reading pauses.
    /// </summary>
    void OnFrames(FrameBatch batch);

    /// <summary>
    /// There is room again after <see cref="FrameConnection.HasRoom"/> was false, or everything that a flush had to
    /// leave is sent. It may come once more than needed: look at <see cref="FrameConnection.HasRoom"/>.
    /// </summary>
    void OnRoom();

    /// <summary>
    /// The connection is closed. Exactly once, after everything else, whichever side ended it; after an orderly end of
    /// the peer's stream only when what was flushed is sent.
    /// </summary>
    void OnClosed(TransportError error);
}
