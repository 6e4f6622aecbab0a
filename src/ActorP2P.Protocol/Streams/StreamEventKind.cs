namespace ActorP2P.Protocol;

/// <summary>What happened to a stream.</summary>
internal enum StreamEventKind
{
    /// <summary>The peer has opened it. The data is the body of its request.</summary>
    Opened,
    /// <summary>Bytes of the peer have arrived.</summary>
    Data,
    /// <summary>The peer sends no more bytes.</summary>
    Ended,
    /// <summary>The peer has ended both directions, and says why.</summary>
    Reset,
    /// <summary>A frame of this node has been sent, so that there may be room for more bytes.</summary>
    Sent,
}
