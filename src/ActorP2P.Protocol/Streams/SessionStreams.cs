namespace ActorP2P.Protocol;

/// <summary>The streams of a session, as its shell uses them.</summary>
internal static class SessionStreams
{
    /// <summary>
    /// What happened next to a stream. Take these events when <see cref="PeerSession.TryGetEffect"/> is called, because
    /// bytes lie in the receive buffer. At the end of the session there are none: the shell then ends all its streams.
    /// </summary>
    public static bool TryGetStreamEvent(this PeerSession session, out StreamEvent happened) =>
        session.Streams.Events.TryGet(out happened);

    /// <summary>Opens a stream. The buffer of the request is released in every case.</summary>
    /// <param name="session">The session.</param>
    /// <param name="now">The time.</param>
    /// <param name="type">The message type of the request.</param>
    /// <param name="lane">The lane of the stream's frames.</param>
    /// <param name="request">The encoded request.</param>
    /// <param name="failure">Why there is no stream.</param>
    /// <returns>The stream; null when it cannot be opened.</returns>
    public static StreamState? TryOpenStream(
        this PeerSession session, TimeSpan now, ushort type, Lane lane, in StreamPiece request,
        out StreamFailure failure)
    {
        if (session.State == SessionState.Ready)
        {
            return session.Streams.TryOpen(now, type, lane, request, out failure);
        }

        request.Owner?.Release();
        failure = StreamFailure.NotConnected;
        return null;
    }

    /// <summary>
    /// Sends bytes on a stream, as far as the peer grants credit. Their buffer is released in every case.
    /// </summary>
    public static void WriteStream(this PeerSession session, StreamState stream, in StreamPiece piece)
    {
        if (session.State < SessionState.Drained)
        {
            session.Streams.Write(stream, piece);
        }
        else
        {
            piece.Owner?.Release();
        }
    }

    /// <summary>Ends this node's direction of a stream, after the bytes that wait.</summary>
    public static void EndStream(this PeerSession session, StreamState stream)
    {
        if (session.State < SessionState.Drained)
        {
            session.Streams.End(stream);
        }
    }

    /// <summary>Ends both directions of a stream and tells the peer why. Bytes that wait are dropped.</summary>
    public static void ResetStream(
        this PeerSession session, StreamState stream, RequestErrorCode code, string text)
    {
        if (session.State < SessionState.Drained)
        {
            session.Streams.Reset(stream, code, text);
            session.Settle();
        }
    }

    /// <summary>The application has read bytes of a stream, or has dropped them.</summary>
    public static void OnStreamRead(this PeerSession session, TimeSpan now, StreamState stream, long bytes) =>
        session.Streams.OnRead(now, stream, bytes);
}
