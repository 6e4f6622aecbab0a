using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>One TCP connection.</summary>
internal sealed class SocketConnection : IConnection, ISocketOperationOwner, IThreadPoolWorkItem
{
    // A quiet connection has a pending receive and sends nothing. A send operation takes a few hundred bytes, so
    // connections share them.
    private static readonly SparePool<SocketOperation> s_sends = new(256);

    private readonly Socket _socket;
    private readonly SocketTransportSettings _settings;
    private readonly SocketOperation _receive;
    private PeerAddress? _localAddress;
    private IConnectionSink? _sink;
    private volatile bool _closed;

    /// <summary>Takes over a connected socket.</summary>
    /// <exception cref="SocketException">The peer has already reset the connection.</exception>
    internal SocketConnection(Socket socket, SocketTransportSettings settings)
    {
        _socket = socket;
        _settings = settings;
        RemoteAddress = PeerAddress.From((IPEndPoint)socket.RemoteEndPoint!);
        _receive = new SocketOperation(this);
    }

    /// <exception cref="ObjectDisposedException">
    /// The connection is closed and the address was not read before.
    /// </exception>
    public PeerAddress LocalAddress => _localAddress ??= PeerAddress.From((IPEndPoint)_socket.LocalEndPoint!);

    public PeerAddress RemoteAddress { get; }

    private IConnectionSink Sink => _sink ?? throw new InvalidOperationException("The connection was not started.");

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
        try
        {
            _receive.SetBuffer(buffer);
            return _socket.ReceiveAsync(_receive) ? OperationResult.Pending : Received();
        }
        catch (ObjectDisposedException)
        {
            return Aborted();
        }
    }

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        SocketOperation send = s_sends.Rent();
        send.Owner = this;
        try
        {
            // The arguments accept either one buffer or a list, but not both.
            if (segments.Count == 1)
            {
                send.SetBuffer(segments[0]);
            }
            else
            {
                send.BufferList = segments;
            }

            return _socket.SendAsync(send) ? OperationResult.Pending : Sent(send);
        }
        catch (ObjectDisposedException)
        {
            return Aborted();
        }
    }

    public void BoundSending(TimeSpan roundTrip)
    {
        try
        {
            KernelBuffer.Bound(_socket, roundTrip, _settings);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection has ended already; the pending receive reports the reason.
        }
    }

    public long? BytesAcknowledged
    {
        get
        {
            try
            {
                return KernelBuffer.Acknowledged(_socket);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The connection has ended already; the pending receive reports the reason.
                return null;
            }
        }
    }

    public int BytesWaiting
    {
        get
        {
            try
            {
                return _socket.Available;
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The connection has ended already; the pending receive reports the reason.
                return 0;
            }
        }
    }

    public void ShutdownSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection has ended already; the pending receive reports the reason.
        }
    }

    public void Abort() => Close(static socket => socket.Close(timeout: 0));

    public void Dispose() => Close(static socket => socket.Dispose());

    // Uses the global queue of the pool, because the calling thread still has work to do.
    public void Post() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => Sink.OnPosted();

    void ISocketOperationOwner.OnCompleted(SocketOperation operation)
    {
        if (operation != _receive)
        {
            Sink.OnSent(Sent(operation));
            return;
        }

        // The runtime completes a pending empty receive at any event of the socket, even at a late event for bytes that
        // were already received. A new empty receive checks the socket, and completes at once if there are bytes.
        // Without this check, a quiet connection could hold a slab for bytes that never arrive.
        OperationResult result = Received();
        if (_receive.Count == 0 && !result.IsFailed)
        {
            result = Receive(default);
        }

        if (!result.IsPending)
        {
            Sink.OnReceived(result);
        }
    }

    private void Close(Action<Socket> close)
    {
        _closed = true;
        close(_socket);
        _receive.Dispose();
    }

    private OperationResult Received()
    {
        if (_receive.SocketError != SocketError.Success)
        {
            return Failed(_receive.SocketError);
        }

        return _receive.BytesTransferred == 0 && _receive.Count > 0
            ? OperationResult.Failed(TransportFault.EndOfStream, "the peer ended its stream")
            : OperationResult.Completed(_receive.BytesTransferred);
    }

    private OperationResult Sent(SocketOperation send)
    {
        OperationResult result = send.SocketError != SocketError.Success
            ? Failed(send.SocketError)
            : OperationResult.Completed(send.BytesTransferred);
        send.Owner = null;
        send.BufferList = null;
        send.SetBuffer(default);
        s_sends.Return(send);
        return result;
    }

    // Closing a socket during an operation gives various error codes. Here all of them mean that this side has closed
    // it.
    private OperationResult Failed(SocketError error) =>
        _closed ? Aborted() : OperationResult.Failed(error.ToTransportError());

    private static OperationResult Aborted() => OperationResult.Failed(TransportFault.Aborted, "closed by this side");
}
