namespace ActorP2P;

/// <summary>Why a stream could not be opened, or has ended before its end.</summary>
public enum StreamFailure
{
    /// <summary>The peer ended the stream, or refused it; <see cref="RequestErrorCode"/> says why.</summary>
    PeerError,
    /// <summary>This side has aborted or disposed the stream.</summary>
    Aborted,
    /// <summary>The connection ended.</summary>
    Disconnected,
    /// <summary>There was no such connection when the stream was opened, or it is ending.</summary>
    NotConnected,
    /// <summary>The peer, or this node, offers no streams.</summary>
    NotSupported,
    /// <summary>The peer accepts no more open streams.</summary>
    TooManyStreams,
    /// <summary>The request is longer than the peer accepts: more than a frame.</summary>
    TooLong,
    /// <summary>The peer does not take part in the service of the request, so the stream was not opened.</summary>
    NoSuchService,
    /// <summary>The peer sent bytes that are not what the stream should carry.</summary>
    Malformed,
    /// <summary>The node has stopped.</summary>
    NodeFailed,
}
