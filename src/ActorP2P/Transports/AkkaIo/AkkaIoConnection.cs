using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// One connection of Akka.IO, which reads on its own. It is told to pause when more data waits here than it reads at a
/// time (<see cref="TcpSettings"/>). One write is in progress at a time.
/// </summary>
internal sealed class AkkaIoConnection : AkkaIoRef, IConnection, IThreadPoolWorkItem
{
    private readonly AkkaIoTransport _transport;
    private readonly AkkaIoPort? _port;
    private readonly IActorRef _tcp;
    private readonly Socket? _socket;
    private readonly Lock _lock = new();
    private readonly AkkaIoChunks _chunks = new();
    private IConnectionSink? _sink;
    private Memory<byte> _buffer;
    private TransportError? _end;
    private int _sending;
    private bool _isReceiving;
    private bool _isSuspended;
    private bool _isShutdown;
    private bool _isAborted;
    private bool _isClosed;

    /// <summary>Takes over a connection that Akka.IO has just reported.</summary>
    /// <param name="transport">The transport that the connection belongs to.</param>
    /// <param name="tcp">Akka.IO's actor.</param>
    /// <param name="connected">The message with the connection's addresses.</param>
    /// <param name="socket">
    /// The connection's socket, for operations without a message of Akka.IO; null if the socket tap did not get it.
    /// </param>
    /// <param name="port">The port that accepted it; null for a connection that was dialled.</param>
    public AkkaIoConnection(
        AkkaIoTransport transport, IActorRef tcp, Tcp.Connected connected, Socket? socket, AkkaIoPort? port)
        : base(transport.System)
    {
        _transport = transport;
        _tcp = tcp;
        _socket = socket;
        _port = port;
        LocalAddress = AkkaIoFaults.AddressOf(connected.LocalAddress);
        RemoteAddress = AkkaIoFaults.AddressOf(connected.RemoteAddress);
    }

    public PeerAddress LocalAddress { get; }

    public PeerAddress RemoteAddress { get; }

    public long? BytesAcknowledged
    {
        get
        {
            try
            {
                return _socket is null ? null : KernelBuffer.Acknowledged(_socket);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The connection has ended already; its end is reported with the reason.
                return null;
            }
        }
    }

    public int BytesWaiting
    {
        get
        {
            int held = _chunks.Bytes;
            try
            {
                return held + (_socket?.Available ?? 0);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The connection has ended already; its end is reported with the reason.
                return held;
            }
        }
    }

    /// <summary>Bytes that Akka.IO has read and the user has not received yet, for tests.</summary>
    internal int Held => _chunks.Bytes;

    private IConnectionSink Sink => _sink ?? throw new InvalidOperationException("The connection was not started.");

    /// <summary>
    /// Asks Akka.IO to send the connection's data to this object. It is called once, before anything else.
    /// </summary>
    public void Register()
    {
        bool isAlive = _transport.TryAdd(this);
        _tcp.Tell(new Tcp.Register(this, keepOpenOnPeerClosed: true, useResumeWriting: false), this);
        if (!isAlive)
        {
            Abort();
        }
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
        bool resume;
        lock (_lock)
        {
            OperationResult result = Take(buffer);
            if (!result.IsPending)
            {
                return result;
            }

            _buffer = buffer;
            _isReceiving = true;
            resume = _isSuspended;
            _isSuspended = false;
        }

        if (resume)
        {
            _tcp.Tell(Tcp.ResumeReading.Instance, this);
        }

        return OperationResult.Pending;
    }

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        ByteString bytes = segments.Count == 1 ? ByteString.FromBytes(segments[0]) : ByteString.FromBytes(segments);
        lock (_lock)
        {
            if (_isClosed || _isAborted)
            {
                return OperationResult.Failed(_end ?? AkkaIoFaults.ClosedByThisSide);
            }

            _sending = bytes.Count;
        }

        _tcp.Tell(Tcp.Write.Create(bytes, Acknowledgement.Instance), this);
        return OperationResult.Pending;
    }

    public void BoundSending(TimeSpan roundTrip)
    {
        try
        {
            if (_socket is not null)
            {
                KernelBuffer.Bound(_socket, roundTrip, _transport.Sockets);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection has ended already; its end is reported with the reason.
        }
    }

    public void ShutdownSend()
    {
        lock (_lock)
        {
            _isShutdown = true;
        }

        _tcp.Tell(Tcp.ConfirmedClose.Instance, this);
    }

    public void Abort()
    {
        lock (_lock)
        {
            _isAborted = true;
            if (_isClosed)
            {
                return;
            }
        }

        _tcp.Tell(Tcp.Abort.Instance, this);
    }

    public void Dispose()
    {
        bool isGraceful;
        lock (_lock)
        {
            // Akka.IO would delay the close until a pending write is done, which the peer can prevent. Once the sending
            // side is closed, Akka.IO accepts no command but an abort.
            isGraceful = _sending == 0 && !_isShutdown && !_isAborted;
            _isAborted = true;
            if (_isClosed)
            {
                return;
            }
        }

        _tcp.Tell(isGraceful ? Tcp.Close.Instance : Tcp.Abort.Instance, this);
    }

    // Uses the global queue of the pool, because the calling thread still has work to do.
    public void Post() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => Sink.OnPosted();

    /// <summary>Akka.IO's actor has ended and sends no more messages.</summary>
    public void OnEnded(TransportError reason) => End(reason, isClosed: true);

    protected override void On(object message, IActorRef sender)
    {
        switch (message)
        {
            case Tcp.Received received:
                OnReceived(received.Data);
                break;
            case Acknowledgement:
                OnSent(null);
                break;
            case Tcp.PeerClosed:
                End(AkkaIoFaults.EndOfStream, isClosed: false);
                break;
            case Tcp.ConfirmedClosed:
                End(AkkaIoFaults.EndOfStream, isClosed: true);
                break;
            case Tcp.ErrorClosed error:
                End(AkkaIoFaults.OfText(error.Cause), isClosed: true);
                break;
            case Tcp.ConnectionClosed:
                End(AkkaIoFaults.ListenerEnded, isClosed: true);
                break;
            case Tcp.CommandFailed { Cmd: Tcp.WriteCommand } when _isShutdown:
                OnSent(AkkaIoFaults.ClosedByThisSide);
                break;
        }

        // Any other failed write means that the connection has ended. The message about the end follows and has the
        // reason.
    }

    private void OnReceived(ByteString data)
    {
        OperationResult result;
        lock (_lock)
        {
            _chunks.Add(data);
            if (!_isReceiving)
            {
                SuspendIfFull();
                return;
            }

            result = Take(_buffer);
            _isReceiving = false;
            _buffer = default;
        }

        Sink.OnReceived(result);
        lock (_lock)
        {
            SuspendIfFull();
        }
    }

    private void SuspendIfFull()
    {
        if (_chunks.Bytes >= _transport.TcpSettings.MaxFrameSizeBytes && !_isSuspended && _end is null)
        {
            _isSuspended = true;
            _tcp.Tell(Tcp.SuspendReading.Instance, this);
        }
    }

    private void OnSent(TransportError? error)
    {
        int bytes;
        lock (_lock)
        {
            bytes = _sending;
            _sending = 0;
        }

        if (bytes > 0)
        {
            Sink.OnSent(error is { } reason ? OperationResult.Failed(reason) : OperationResult.Completed(bytes));
        }
    }

    private void End(TransportError error, bool isClosed)
    {
        bool isLast;
        bool isReceiving;
        TransportError end;
        lock (_lock)
        {
            isLast = isClosed && !_isClosed;
            _isClosed |= isClosed;
            error = _isAborted ? AkkaIoFaults.ClosedByThisSide : error;
            _end = end = _end is { } before && !_isAborted ? before : error;

            // A receive is pending only while no data waits.
            isReceiving = _isReceiving;
            _isReceiving = false;
            _buffer = default;
        }

        if (isLast)
        {
            _port?.Release(this);
            _transport.Remove(this);
            OnSent(error);
        }

        if (isReceiving)
        {
            Sink.OnReceived(OperationResult.Failed(end));
        }
    }

    // Call it under the lock.
    private OperationResult Take(Memory<byte> buffer)
    {
        if (_isAborted)
        {
            return OperationResult.Failed(AkkaIoFaults.ClosedByThisSide);
        }

        return _chunks.Bytes > 0 ? OperationResult.Completed(_chunks.MoveTo(buffer.Span))
            : _end is { } end ? OperationResult.Failed(end)
            : OperationResult.Pending;
    }

    private sealed class Acknowledgement : Tcp.Event
    {
        public static readonly Acknowledgement Instance = new();
    }
}
