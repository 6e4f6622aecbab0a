namespace ActorP2P.Protocol;

/// <content>The streams of the session.</content>
internal sealed partial class PeerSession
{
    /// <summary>Bytes of the peer's streams that the application has not read.</summary>
    internal long UnreadStreamBytes => _streams.Unread;

    /// <summary>Streams that are open, whichever side has opened them.</summary>
    internal int OpenStreams => _streams.Open;

    /// <summary>
    /// What happened next to a stream. Take these events when <see cref="TryGetEffect"/> is called, because bytes lie
    /// in the receive buffer. At the end of the session there are none: the shell then ends all its streams.
    /// </summary>
    public bool TryGetStreamEvent(out StreamEvent happened) => _streams.Events.TryGet(out happened);

    /// <summary>Opens a stream. The buffer of the request is released in every case.</summary>
    /// <param name="now">The time.</param>
    /// <param name="type">The message type of the request.</param>
    /// <param name="lane">The lane of the stream's frames.</param>
    /// <param name="request">The encoded request.</param>
    /// <param name="failure">Why there is no stream.</param>
    /// <returns>The stream; null when it cannot be opened.</returns>
    public StreamState? TryOpenStream(
        TimeSpan now, ushort type, Lane lane, in StreamPiece request, out StreamFailure failure)
    {
        if (State == SessionState.Ready)
        {
            return _streams.TryOpen(now, type, lane, request, out failure);
        }

        request.Owner?.Release();
        failure = StreamFailure.NotConnected;
        return null;
    }

    /// <summary>
    /// Sends bytes on a stream, as far as the peer grants credit. Their buffer is released in every case.
    /// </summary>
    public void WriteStream(StreamState stream, in StreamPiece piece)
    {
        if (State < SessionState.Drained)
        {
            _streams.Write(stream, piece);
        }
        else
        {
            piece.Owner?.Release();
        }
    }

    /// <summary>Ends this node's direction of a stream, after the bytes that wait.</summary>
    public void EndStream(StreamState stream)
    {
        if (State < SessionState.Drained)
        {
            _streams.End(stream);
        }
    }

    /// <summary>Ends both directions of a stream and tells the peer why. Bytes that wait are dropped.</summary>
    public void ResetStream(StreamState stream, RequestErrorCode code, string text)
    {
        if (State < SessionState.Drained)
        {
            _streams.Reset(stream, code, text);
            Settle(_keepAlive.HeardAt);
        }
    }

    /// <summary>The application has read bytes of a stream, or has dropped them.</summary>
    public void OnStreamRead(TimeSpan now, StreamState stream, long bytes) => _streams.OnRead(now, stream, bytes);
}
