using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <summary>
/// The streams of a session. It checks the peer's frames, keeps the credit of both directions, and cuts this node's
/// frames. The streams of a lane take turns in it, one frame each.
/// </summary>
/// <remarks>
/// A stream ends when both directions have ended, or at a reset of either side. Frames that arrive later are ignored,
/// because the peer may have sent them before it knew.
/// </remarks>
internal sealed class StreamTable(
    SessionRole role, Hello own, SendLanes lanes, ControlQueue control, StreamGrants grants)
{
    // Created with the first stream, because most sessions have none.
    private Dictionary<ulong, StreamState>? _streams;
    private StreamIds _ids = new(role);
    private StreamCutter _cutter;
    private int _maxStreams;
    private int _sendWindow;
    private int _own;
    private int _ofPeer;
    private bool _isClosed;

    /// <summary>Bytes that wait to be sent.</summary>
    public long Queued { get; private set; }

    /// <summary>Bytes of the peer that this node has not read.</summary>
    public long Unread { get; private set; }

    /// <summary>Streams that are not over, whichever side has opened them.</summary>
    public int Open => _own + _ofPeer;

    /// <summary>Whether both sides offer streams.</summary>
    public bool IsNegotiated => own.MaxStreams > 0 && _maxStreams > 0;

    /// <summary>Whether the peer is to be granted more credit.</summary>
    public bool IsCreditDue => grants.IsDue;

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
            : _own >= _maxStreams ? StreamFailure.TooManyStreams
            : StreamFailure.TooLong;
        if (!IsNegotiated || _own >= _maxStreams || request.Bytes.Length > SessionSettings.MaxFragment)
        {
            request.Owner?.Release();
            return null;
        }

        StreamState stream = new(type, lane, isOwn: true, _sendWindow, new StreamWindow(own.StreamWindow, now));
        stream.SetRequest(request);
        _own++;
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

    /// <summary>Ends both directions. Bytes that wait are dropped.</summary>
    public void Reset(StreamState stream, RequestErrorCode code, string text)
    {
        if (!stream.IsOver)
        {
            if (!stream.IsUnopened)
            {
                control.Add(FrameKind.StreamReset, stream.Id, CodedText.Encode((ushort)code, text));
            }

            Remove(stream);
        }
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
            grants.OnRead(now, stream);
        }
    }

    /// <summary>Shrinks windows that are not used.</summary>
    public void Shrink(TimeSpan now)
    {
        foreach (StreamState stream in grants.AnyGrown ? _streams!.Values.AsEnumerable() : [])
        {
            grants.Return(stream.Window.Shrink(now));
        }
    }

    /// <summary>The next renewal of credit. It is valid until the next frame.</summary>
    /// <returns>False when the streams whose renewals were due are over.</returns>
    public bool TryGetCredit(out OutboundFrame frame)
    {
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
            stream.Id = _ids.Next();
            (_streams ??= []).Add(stream.Id, stream);
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

    /// <summary>Handles a frame of the peer.</summary>
    /// <param name="now">The time.</param>
    /// <param name="frame">A frame of a stream.</param>
    /// <param name="isDraining">Whether nothing new may begin.</param>
    /// <returns>The fault that ends the session, or null.</returns>
    public SessionFault? OnFrame(TimeSpan now, in Frame frame, bool isDraining)
    {
        FrameHeader header = frame.Header;
        if (!IsNegotiated)
        {
            return new SessionFault(DisconnectReason.NotNegotiated, $"{header.Kind} without streams in both hellos");
        }

        if (header.Kind == FrameKind.StreamOpen)
        {
            return OnOpen(now, header, frame.Payload, isDraining);
        }

        if (_streams is null || !_streams.TryGetValue(header.Id, out StreamState? stream))
        {
            return _ids.IsUsed(header.Id) ? null : OutOfPlace(header, "no such stream was opened");
        }

        return header.Kind switch
        {
            FrameKind.StreamData => OnData(stream, frame),
            FrameKind.StreamEnd => OnEnd(stream, header, BinaryPrimitives.ReadUInt64BigEndian(frame.Payload.Span)),
            FrameKind.StreamCredit => OnCredit(stream, BinaryPrimitives.ReadUInt64BigEndian(frame.Payload.Span)),
            _ => OnReset(stream, frame.Payload.Span),
        };
    }

    /// <summary>Releases everything, at the end of the session.</summary>
    public void Clear()
    {
        _isClosed = true;
        foreach (StreamState stream in _streams?.Values.AsEnumerable() ?? [])
        {
            stream.Drop();
            stream.IsOver = true;
        }

        grants.Clear();
        _cutter.OnWritten();
        _streams = null;
        Events.Clear();
        _own = _ofPeer = 0;
        Queued = Unread = 0;
    }

    private static SessionFault OutOfPlace(in FrameHeader header, string why) =>
        new(DisconnectReason.StreamOutOfPlace, $"{header.Kind} {header.Id}: {why}");

    private SessionFault? OnOpen(TimeSpan now, in FrameHeader header, ReadOnlyMemory<byte> request, bool isDraining)
    {
        ulong before = _ids.LastOfPeer;
        if (!_ids.TryUse(header.Id))
        {
            return OutOfPlace(header, $"the last one was {before}");
        }

        if (_ofPeer >= own.MaxStreams)
        {
            return new SessionFault(DisconnectReason.TooManyStreams, $"stream {header.Id}, {_ofPeer} open");
        }

        if (isDraining)
        {
            control.Add(FrameKind.StreamReset, header.Id,
                CodedText.Encode((ushort)RequestErrorCode.ShuttingDown, "the session is ending"));
            return null;
        }

        StreamState stream = new(
            header.Type, header.Lane, isOwn: false, _sendWindow, new StreamWindow(own.StreamWindow, now))
        {
            Id = header.Id,
        };
        (_streams ??= []).Add(header.Id, stream);
        _ofPeer++;
        Events.Add(new StreamEvent(StreamEventKind.Opened, stream, request));
        return null;
    }

    private SessionFault? OnData(StreamState stream, in Frame frame)
    {
        if (stream.IsEndReceived)
        {
            return OutOfPlace(frame.Header, "bytes after the end");
        }

        if (!stream.TryReceive(frame.Payload.Length))
        {
            return new SessionFault(DisconnectReason.CreditExceeded,
                $"stream {stream.Id}: {frame.Payload.Length} bytes, {stream.Window.Limit - stream.Received} granted");
        }

        Unread += frame.Payload.Length;
        Events.Add(new StreamEvent(StreamEventKind.Data, stream, frame.Payload));
        return null;
    }

    private SessionFault? OnEnd(StreamState stream, in FrameHeader header, ulong total)
    {
        if (stream.IsEndReceived || total != (ulong)stream.Received)
        {
            return OutOfPlace(header, stream.IsEndReceived
                ? "a second end" : $"a total of {total} bytes after {stream.Received}");
        }

        stream.IsEndReceived = true;
        Events.Add(new StreamEvent(StreamEventKind.Ended, stream, default));
        EndIfOver(stream);
        return null;
    }

    private SessionFault? OnCredit(StreamState stream, ulong limit)
    {
        if (limit > long.MaxValue)
        {
            return new SessionFault(DisconnectReason.MalformedFrame, $"credit of stream {stream.Id}, limit {limit}");
        }

        stream.RaiseLimit((long)limit);
        TakeTurn(stream);
        return null;
    }

    private SessionFault? OnReset(StreamState stream, ReadOnlySpan<byte> payload)
    {
        if (!CodedText.TryRead(payload, out ushort code, out string? text))
        {
            return new SessionFault(DisconnectReason.MalformedFrame, "the text of a stream's reset is not UTF-8");
        }

        Remove(stream);
        Events.Add(new StreamEvent(StreamEventKind.Reset, stream, default, (RequestErrorCode)code, text));
        return null;
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
        stream.IsOver = true;
        Queued -= stream.Drop();
        grants.Return(stream.Window.Grown);
        _own -= stream.IsOwn ? 1 : 0;
        _ofPeer -= stream.IsOwn ? 0 : 1;
        _streams?.Remove(stream.Id);
    }
}
