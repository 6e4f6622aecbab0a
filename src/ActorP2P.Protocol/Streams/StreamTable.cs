namespace ActorP2P.Protocol;

/// <summary>
/// The streams of a session. It checks the peer's frames, keeps the credit of both directions, and cuts this node's
/// frames. The streams of a lane take turns in it, one frame each.
/// </summary>
/// <remarks>
/// A stream ends when both directions have ended, or at a reset of either side. Frames that arrive later are ignored,
/// because the peer may have sent them before it knew.
/// </remarks>
internal sealed partial class StreamTable(
    SessionRole role, Hello own, SendLanes lanes, StreamGrants grants)
{
    private readonly StreamRegistry _streams = new(role);

    // Only the two values are kept, because the hello itself is of no use after the handshake.
    private readonly int _maxOfPeer = own.MaxStreams;
    private readonly int _receiveWindow = own.StreamWindow;

    // Created with the first reset, because most sessions have no streams.
    private Queue<StreamState>? _dueResets;
    private StreamCutter _cutter;
    private int _maxStreams;
    private int _sendWindow;
    private bool _isClosed;

    /// <summary>Bytes that wait to be sent.</summary>
    public long Queued { get; private set; }

    /// <summary>Bytes of the peer that this node has not read.</summary>
    public long Unread { get; private set; }

    /// <summary>Streams that are not over, whichever side has opened them.</summary>
    public int Open => _streams.Own + _streams.OfPeer;

    /// <summary>Whether both sides offer streams.</summary>
    public bool IsNegotiated => _maxOfPeer > 0 && _maxStreams > 0;

    /// <summary>Whether a reset or a renewal of credit waits to be sent.</summary>
    public bool HasSessionFrames => grants.IsDue || _dueResets is { Count: > 0 };

    /// <summary>The peer has announced its limits.</summary>
    public void OnHello(Hello hello)
    {
        _maxStreams = hello.MaxStreams;
        _sendWindow = hello.StreamWindow;
    }

    /// <summary>What happened, for the shell.</summary>
    public StreamEvents Events { get; } = new();

    /// <summary>Opens a stream. The buffer is released in every case.</summary>
    /// <param name="now">The time.</param>
    /// <param name="type">The message type of the request.</param>
    /// <param name="lane">The lane of the stream's frames in both directions.</param>
    /// <param name="request">The encoded request, which fits a frame.</param>
    /// <param name="failure">Why there is no stream.</param>
    /// <returns>The stream; null when it cannot be opened.</returns>
    public StreamState? TryOpen(TimeSpan now, ushort type, Lane lane, in StreamPiece request, out StreamFailure failure)
    {
        failure = !IsNegotiated ? StreamFailure.NotSupported
            : _streams.Own >= _maxStreams ? StreamFailure.TooManyStreams
            : StreamFailure.TooLong;
        if (!IsNegotiated || _streams.Own >= _maxStreams || request.Bytes.Length > SessionSettings.MaxFragment)
        {
            request.Owner?.Release();
            return null;
        }

        StreamState stream = new(type, lane, isOwn: true, _sendWindow, new StreamWindow(_receiveWindow, now));
        stream.SetRequest(request);
        _streams.AddOwn();
        TakeTurn(stream);
        return stream;
    }

    /// <summary>Adds bytes to send, and releases their buffer in every case.</summary>
    public void Write(StreamState stream, in StreamPiece piece)
    {
        if (stream.IsOver || piece.Bytes.IsEmpty)
        {
            piece.Owner?.Release();
            return;
        }

        stream.Add(piece);
        Queued += piece.Bytes.Length;
        TakeTurn(stream);
    }

    /// <summary>Ends this node's direction after the bytes that wait.</summary>
    public void End(StreamState stream)
    {
        stream.AskEnd();
        TakeTurn(stream);
    }

    /// <summary>
    /// Ends both directions. Bytes that wait are dropped. Until the reset is sent the stream counts as open, so that
    /// the resets that wait are bounded.
    /// </summary>
    public void Reset(StreamState stream, RequestErrorCode code, string text)
    {
        if (stream.IsOver)
        {
            return;
        }

        if (stream.IsUnopened)
        {
            Remove(stream);
            return;
        }

        Stop(stream);
        stream.DueReset = CodedText.Encode((ushort)code, text);
        (_dueResets ??= new Queue<StreamState>()).Enqueue(stream);
    }

    /// <summary>The application has read bytes of the peer. They may be granted again.</summary>
    public void OnRead(TimeSpan now, StreamState stream, long bytes)
    {
        if (_isClosed)
        {
            return;
        }

        Unread -= bytes;
        stream.Window.OnRead(bytes);
        if (!stream.IsOver && !stream.IsEndReceived)
        {
            grants.OnRead(now, stream, Open);
        }
    }

    /// <summary>Shrinks windows that are not used.</summary>
    public void Shrink(TimeSpan now)
    {
        foreach (StreamState stream in grants.AnyGrown ? _streams.All : [])
        {
            grants.Return(stream.Window.Shrink(now));
        }
    }

    /// <summary>The next reset or renewal of credit. It is valid until the next frame.</summary>
    /// <returns>False when none of those that waited is needed any more.</returns>
    public bool TryGetSessionFrame(out OutboundFrame frame)
    {
        while (_dueResets is not null && _dueResets.TryDequeue(out StreamState? reset))
        {
            if (reset.DueReset is { } payload)
            {
                Forget(reset);
                StreamCutter.Reset(reset.Id, payload, out frame);
                return true;
            }
        }

        StreamState? stream = grants.Next();
        frame = default;
        if (stream is not null)
        {
            _cutter.Number(FrameKind.StreamCredit, FrameFlags.None, stream.Id, stream.Window.Renew(), out frame);
        }

        return stream is not null;
    }

    /// <summary>Cuts the next frame of a stream whose turn it is. It is valid until the next frame.</summary>
    public void Cut(StreamState stream, out OutboundFrame frame)
    {
        if (stream.IsUnopened)
        {
            _streams.Name(stream);
            _cutter.Open(stream, out frame);
        }
        else if (stream.Queued > 0)
        {
            _cutter.Data(stream, out frame);
            Queued -= frame.Header.Length;
        }
        else
        {
            stream.OnEndSent();
            _cutter.Number(FrameKind.StreamEnd, (FrameFlags)stream.Lane, stream.Id, stream.Sent, out frame);
        }

        Events.NoteProgress(stream);
    }

    /// <summary>The last frame of a stream is written or copied, and its turn has left the lane.</summary>
    public void OnFrameWritten(StreamState stream)
    {
        _cutter.OnWritten();
        stream.IsInLane = false;
        EndIfOver(stream);
        TakeTurn(stream);
    }

    /// <summary>A turn has left the lane without a frame, because the stream is over.</summary>
    public static void OnTurnDropped(StreamState stream) => stream.IsInLane = false;

    /// <summary>Releases everything, at the end of the session.</summary>
    public void Clear()
    {
        _isClosed = true;
        foreach (StreamState stream in _streams.All)
        {
            stream.Drop();
            stream.IsOver = true;
        }

        grants.Clear();
        _dueResets = null;
        _cutter.OnWritten();
        _streams.Clear();
        Events.Clear();
        Queued = Unread = 0;
    }

    private void TakeTurn(StreamState stream)
    {
        if (!stream.IsInLane && stream.IsReady)
        {
            stream.IsInLane = true;
            lanes.Enqueue(stream.Turn);
        }
    }

    private void EndIfOver(StreamState stream)
    {
        if (stream is { IsOver: false, IsEndSent: true, IsEndReceived: true })
        {
            Remove(stream);
        }
    }

    private void Remove(StreamState stream)
    {
        Stop(stream);
        Forget(stream);
    }

    private void Stop(StreamState stream)
    {
        stream.IsOver = true;
        Queued -= stream.Drop();
        grants.Return(stream.Window.Grown);
    }

    private void Forget(StreamState stream)
    {
        stream.DueReset = null;
        _streams.Remove(stream);
    }
}
