using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// Frames over one <see cref="IConnection"/>: reads batches of frames in place, and sends the owner's frames in
/// batches. It holds no buffer while nothing is read or sent, and allocates nothing for each frame or system call.
/// </summary>
/// <remarks>
/// <see cref="Append(in FrameHeader, ReadOnlySpan{byte})"/>, <see cref="Flush"/>, <see cref="Shutdown"/>,
/// <see cref="Abort"/> and <see cref="HasRoom"/> are for the owner, on one thread at a time. Any thread may read the
/// counters. Appending to a connection that the peer has ended has no effect and is not an error:
/// <see cref="IFrameSink.OnClosed"/> follows.
/// </remarks>
internal sealed class FrameConnection : IDisposable, IConnectionSink
{
    // Bytes that arrive after an oversized header are discarded once this side has ended its own direction. The later
    // of the two events starts that.
    private const int HasStoppedReading = 1;
    private const int HasShutDown = 2;

    private readonly IConnection _connection;
    private readonly ConnectionLife _life = new();
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private IFrameSink? _sink;
    private int _posted;
    private int _discarding;
    private bool _aborted;

    /// <summary>Takes over a connection that has not been started.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound in <paramref name="settings"/> cannot work.</exception>
    public FrameConnection(IConnection connection, FrameConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        _connection = connection;
        _reader = new FrameReader(this, connection, settings);
        _writer = new FrameWriter(this, connection, _life, settings);
    }

    /// <summary>The address of this end.</summary>
    public PeerAddress LocalAddress => _connection.LocalAddress;

    /// <summary>The address of the other end, as the network reports it.</summary>
    public PeerAddress RemoteAddress => _connection.RemoteAddress;

    /// <summary>
    /// Whether a frame may be appended: fewer bytes are buffered than the write buffer holds. If it returns false, the
    /// owner later gets an <see cref="IFrameSink.OnRoom"/>.
    /// </summary>
    public bool HasRoom => _writer.AskRoom();

    /// <summary>Bytes that are appended and that the operating system has not accepted yet.</summary>
    public int BufferedBytes => _writer.BufferedBytes;

    /// <summary>Bytes received so far. Frames are passed to the owner before their bytes are counted.</summary>
    public long BytesReceived => _reader.Bytes;

    /// <summary>Bytes that the operating system has accepted so far.</summary>
    public long BytesSent => _writer.Bytes;

    /// <summary>
    /// Bytes that the peer's host has acknowledged so far; null if the operating system does not report them.
    /// </summary>
    public long? BytesAcknowledged => _connection.BytesAcknowledged;

    /// <summary>
    /// Bytes that have arrived and are not received yet; 0 also if the operating system does not report them.
    /// </summary>
    public int BytesWaiting => _connection.BytesWaiting;

    /// <summary>Frames passed to the owner so far.</summary>
    public long FramesReceived => _reader.Frames;

    /// <summary>Frames appended so far.</summary>
    public long FramesSent => _writer.Frames;

    /// <summary>Begins to read. The first call to <paramref name="sink"/> is made outside of this call.</summary>
    /// <exception cref="InvalidOperationException">The connection was started before.</exception>
    public void Start(IFrameSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (_sink is not null)
        {
            throw new InvalidOperationException("The connection was started before.");
        }

        ObjectDisposedException.ThrowIf(_aborted, this);
        _sink = sink;
        _connection.Start(this);
        BeginReading();
    }

    /// <summary>Appends a frame and copies its payload.</summary>
    /// <exception cref="ArgumentException">
    /// The length in the header is not the payload's, or it exceeds the longest payload.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is no room, or <see cref="Shutdown"/> was called.</exception>
    public void Append(in FrameHeader header, ReadOnlySpan<byte> payload) => _writer.Append(header, default, payload);

    /// <summary>
    /// Appends a frame whose payload is <paramref name="prefix"/> followed by <paramref name="payload"/>. The prefix is
    /// copied. A long payload is not copied: it is sent from its owner's buffer, which is retained until then.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The length in the header is not that of prefix and payload together, or it exceeds the longest payload; or a
    /// long payload is not in its owner's buffer.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is no room, or <see cref="Shutdown"/> was called.</exception>
    public void Append(
        in FrameHeader header, ReadOnlySpan<byte> prefix, ReadOnlyMemory<byte> payload, SharedBuffer owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        _writer.Append(header, prefix, payload, owner);
    }

    /// <summary>Limits what the operating system buffers for the peer to a size that suits the delay.</summary>
    /// <param name="roundTrip">The round trip, measured between frames.</param>
    public void BoundSending(TimeSpan roundTrip) => _connection.BoundSending(roundTrip);

    /// <summary>
    /// Starts to send the appended frames. If a send is in progress, they are sent after it. Bytes that the operating
    /// system accepts at once have been sent when this returns.
    /// </summary>
    public void Flush() => FlushOpen(shutdown: false);

    /// <summary>
    /// Flushes, and then ends this side's direction of the stream (FIN). Reading continues until the peer ends its
    /// direction; after an <see cref="FrameBatch.Oversized"/> header, the bytes that arrive are discarded.
    /// </summary>
    public void Shutdown()
    {
        FlushOpen(shutdown: true);
        if (Interlocked.Or(ref _discarding, HasShutDown) == HasStoppedReading)
        {
            BeginReading();
        }
    }

    /// <summary>
    /// Ends the connection now (RST), even if not everything was sent, and releases all buffers; those of a pending
    /// operation are released when it ends. <see cref="IFrameSink.OnClosed"/> then reports
    /// <see cref="TransportFault.Aborted"/>, unless the connection had begun to end for another reason.
    /// </summary>
    public void Abort()
    {
        _writer.Stop();
        _writer.DropOpen();
        if (_aborted)
        {
            return;
        }

        _aborted = true;
        bool ended = _life.Close(new TransportError(TransportFault.Aborted, "closed by this side"));
        _connection.Abort();
        if (_reader.EndIfPaused())
        {
            ended |= _life.Leave(Activities.Reading);
        }

        EndIf(ended);
    }

    /// <summary>Aborts the connection, unless it is closed, and releases all buffers.</summary>
    public void Dispose() => Abort();

    void IConnectionSink.OnReceived(OperationResult result) => _reader.OnReceived(result);

    void IConnectionSink.OnSent(OperationResult result) => _writer.OnSent(result);

    void IConnectionSink.OnPosted()
    {
        var posted = (PostedWork)Interlocked.Exchange(ref _posted, 0);
        if (posted.HasFlag(PostedWork.Send))
        {
            _writer.Continue();
        }

        if (posted.HasFlag(PostedWork.TellRoom))
        {
            _writer.TellRoom();
        }

        if (posted.HasFlag(PostedWork.Read))
        {
            _reader.Read();
        }

        if (posted.HasFlag(PostedWork.TellClosed))
        {
            Finish();
        }
    }

    /// <summary>Requests work that is done outside of the current call.</summary>
    internal void Post(PostedWork work)
    {
        if (Interlocked.Or(ref _posted, (int)work) == 0)
        {
            _connection.Post();
        }
    }

    internal void OnFrames(FrameBatch batch) => _sink!.OnFrames(batch);

    internal void TellRoom()
    {
        if (!_life.TryEnterTelling())
        {
            return;
        }

        bool ended;
        do
        {
            _sink!.OnRoom();
        }
        while (!_life.TryLeaveTelling(out ended));
        EndIf(ended);
    }

    /// <summary>The stream has ended or failed.</summary>
    internal void OnReadEnded(TransportError error)
    {
        bool ended = _life.Close(error);
        EndIf(ended | _life.Leave(Activities.Reading));
    }

    /// <summary>An oversized header has stopped the reading; the connection itself goes on.</summary>
    internal void OnReadStopped()
    {
        EndIf(_life.Leave(Activities.Reading));
        if (Interlocked.Or(ref _discarding, HasStoppedReading) == HasShutDown)
        {
            BeginReading();
        }
    }

    /// <summary>Nothing more can be sent.</summary>
    internal void OnSendFailed(TransportError error)
    {
        bool ended = _life.Close(error);
        if (error.Fault != TransportFault.Reset)
        {
            // After a reset the reader first delivers the bytes that arrived before it, and then fails by itself. It
            // might not notice another fault.
            _connection.Abort();
        }

        EndIf(ended | _life.Leave(Activities.Sending));
    }

    /// <summary>Has the owner notified if the connection has ended.</summary>
    internal void EndIf(bool ended)
    {
        if (ended && _sink is not null)
        {
            Post(PostedWork.TellClosed);
        }
    }

    private void BeginReading()
    {
        if (_life.TryEnter(Activities.Reading))
        {
            Post(PostedWork.Read);
        }
    }

    private void FlushOpen(bool shutdown)
    {
        if (_sink is null)
        {
            throw new InvalidOperationException("The connection is not started.");
        }

        _writer.Flush(shutdown);
    }

    private void Finish()
    {
        _writer.Stop();
        _connection.Dispose();
        _sink!.OnClosed(_life.Reason);
    }
}
