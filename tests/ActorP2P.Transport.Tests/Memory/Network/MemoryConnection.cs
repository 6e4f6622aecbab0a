using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>One end of a connection within this process. It behaves like TCP, including window, FIN and RST.</summary>
internal sealed class MemoryConnection : IConnection
{
    // The number of bytes that may be under way or unread in each direction. Senders seldom wait, but they do when the
    // receiver stops reading, as with a socket.
    private const int WindowBytes = 256 * 1024;

    // The number of received bytes after which the sender is informed: a quarter of the window, so that a sender does
    // not stop while the receiver reads.
    private const int WindowUpdateBytes = WindowBytes / 4;

    private readonly Lock _lock = new();
    private readonly DelayLine<MemorySegment> _arrivals;
    private readonly DelayLine<MemoryLocalEvent> _local;
    private readonly MemoryReceiver _receiver = new();
    private readonly MemorySender _sender = new(WindowBytes);
    private MemoryConnection? _peer;
    private IConnectionSink? _sink;
    private bool _closed;
    private bool _reset;
    private bool _finSent;
    private bool _resetSent;

    private MemoryConnection(PeerAddress local, PeerAddress remote, TimeProvider time, TimeSpan latency)
    {
        LocalAddress = local;
        RemoteAddress = remote;
        _arrivals = new DelayLine<MemorySegment>(time, latency, OnArrival);
        _local = new DelayLine<MemoryLocalEvent>(time, TimeSpan.Zero, OnLocal);
    }

    public PeerAddress LocalAddress { get; }

    public PeerAddress RemoteAddress { get; }

    private IConnectionSink Sink => _sink ?? throw new InvalidOperationException("The connection was not started.");

    private MemoryConnection Peer => _peer!;

    /// <summary>Makes both ends of a connection.</summary>
    internal static (MemoryConnection Dialled, MemoryConnection Accepted) Pair(
        PeerAddress dialler, PeerAddress listener, TimeProvider time, TimeSpan latency)
    {
        var dialled = new MemoryConnection(dialler, listener, time, latency);
        var accepted = new MemoryConnection(listener, dialler, time, latency) { _peer = dialled };
        dialled._peer = accepted;
        return (dialled, accepted);
    }

    public void Start(IConnectionSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (Interlocked.CompareExchange(ref _sink, sink, null) is not null)
        {
            throw new InvalidOperationException("The connection was started before.");
        }
    }

    public OperationResult Receive(Memory<byte> buffer)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return Aborted();
            }

            OperationResult result = _receiver.Receive(buffer);
            UpdateWindow();
            return result;
        }
    }

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return Aborted();
            }

            if (_reset)
            {
                return WasReset();
            }

            if (_finSent)
            {
                throw new InvalidOperationException("The connection is shut down for sending.");
            }

            _sender.Begin(segments);
            return _sender.Advance(Peer._arrivals);
        }
    }

    public long? BytesAcknowledged
    {
        get
        {
            lock (_lock)
            {
                return _sender.Acknowledged;
            }
        }
    }

    public void ShutdownSend()
    {
        lock (_lock)
        {
            SendFin();
        }
    }

    public void Abort() => Close(abortive: true);

    public void Dispose() => Close(abortive: false);

    public void Post() => _local.Add(MemoryLocalEvent.Posted);

    private void Close(bool abortive)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            // As in TCP, a side that closes with unread or unsent bytes resets the connection.
            if (abortive || _receiver.HasBytes || _sender.IsPending)
            {
                SendReset();
            }
            else
            {
                SendFin();
            }

            _closed = true;
            if (_receiver.Close())
            {
                _local.Add(MemoryLocalEvent.ReceiveAborted);
            }

            if (_sender.Close())
            {
                _local.Add(MemoryLocalEvent.SendAborted);
            }
        }
    }

    private void OnArrival(MemorySegment segment)
    {
        OperationResult received = OperationResult.Pending;
        OperationResult sent = OperationResult.Pending;
        lock (_lock)
        {
            if (_closed)
            {
                RefuseArrival(segment);
                return;
            }

            if (segment.Kind == MemorySegmentKind.Window)
            {
                _sender.Widen(segment.Length);
                sent = _sender.Advance(Peer._arrivals);
            }
            else
            {
                received = _receiver.Arrive(segment);
                UpdateWindow();
            }

            if (segment.Kind == MemorySegmentKind.Reset)
            {
                _reset = true;
                sent = _sender.Close() ? WasReset() : OperationResult.Pending;
            }
        }

        if (!received.IsPending)
        {
            Sink.OnReceived(received);
        }

        if (!sent.IsPending)
        {
            Sink.OnSent(sent);
        }
    }

    private void OnLocal(MemoryLocalEvent occurrence)
    {
        switch (occurrence)
        {
            case MemoryLocalEvent.ReceiveAborted:
                Sink.OnReceived(Aborted());
                break;
            case MemoryLocalEvent.SendAborted:
                Sink.OnSent(Aborted());
                break;
            default:
                Sink.OnPosted();
                break;
        }
    }

    private void RefuseArrival(in MemorySegment segment)
    {
        if (segment.Buffer is not null)
        {
            segment.Buffer.Release();
            SendReset();
        }
    }

    private void UpdateWindow()
    {
        int consumed = _receiver.TakeConsumed(WindowUpdateBytes);
        if (consumed > 0)
        {
            Peer._arrivals.Add(new MemorySegment(MemorySegmentKind.Window, null, consumed));
        }
    }

    private void SendFin()
    {
        if (!_finSent && !_closed && !_reset)
        {
            _finSent = true;
            Peer._arrivals.Add(new MemorySegment(MemorySegmentKind.Fin));
        }
    }

    private void SendReset()
    {
        if (!_resetSent && !_reset)
        {
            _resetSent = true;
            Peer._arrivals.Add(new MemorySegment(MemorySegmentKind.Reset));
        }
    }

    private static OperationResult Aborted() => OperationResult.Failed(TransportFault.Aborted, "closed by this side");

    private static OperationResult WasReset() =>
        OperationResult.Failed(TransportFault.Reset, "the peer cut the connection");
}
