using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>Accepts connections until it is disposed, even if accepting one of them fails.</summary>
internal sealed class SocketListener : IBoundAddress, ISocketOperationOwner, IThreadPoolWorkItem
{
    // The connections that are accepted in a row before the thread returns to the pool, so that a flood of connections
    // does not occupy it.
    private const int AcceptsPerRun = 64;

    private readonly Socket _socket;
    private readonly SocketTransport _transport;
    private readonly IAcceptSink _sink;
    private readonly SocketOperation _accept;
    private readonly ITimer _retry;
    private readonly TimeSpan _retryDelay;
    private volatile bool _disposed;

    internal SocketListener(
        Socket socket, SocketTransport transport, TimeSpan retryDelay, TimeProvider time, IAcceptSink sink)
    {
        _socket = socket;
        _transport = transport;
        _sink = sink;
        _retryDelay = retryDelay;
        _accept = new SocketOperation(this);
        Address = PeerAddress.From((IPEndPoint)socket.LocalEndPoint!);
        _retry = time.CreateTimer(
            static state => ((SocketListener)state!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PeerAddress Address { get; }

    public void Dispose()
    {
        _disposed = true;
        _retry.Dispose();
        _socket.Dispose();
        _accept.Dispose();
    }

    /// <summary>Begins to accept on another thread.</summary>
    public void Open() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => Run();

    void ISocketOperationOwner.OnCompleted(SocketOperation operation)
    {
        if (Take())
        {
            Run();
        }
    }

    private void Run()
    {
        try
        {
            for (int accepts = 0; accepts < AcceptsPerRun; accepts++)
            {
                _accept.AcceptSocket = null;
                if (_socket.AcceptAsync(_accept) || !Take())
                {
                    return;
                }
            }

            Open();
        }
        catch (ObjectDisposedException)
        {
            // Only disposing the listener ends the loop.
        }
    }

    /// <summary>Handles one ended accept; returns false when the loop must not continue by itself.</summary>
    private bool Take()
    {
        Socket? socket = _accept.AcceptSocket;
        SocketError error = _accept.SocketError;
        _accept.AcceptSocket = null;
        if (_disposed)
        {
            socket?.Dispose();
            return false;
        }

        if (error == SocketError.Success && socket is not null)
        {
            Hand(socket);
            return true;
        }

        socket?.Dispose();
        TransportError reason = error.ToTransportError();
        _sink.OnAcceptFailed(reason);
        if (reason.Fault == TransportFault.Reset)
        {
            // A peer left while it waited, which does not concern the next one.
            return true;
        }

        PauseAccepting();
        return false;
    }

    private void PauseAccepting()
    {
        try
        {
            _retry.Change(_retryDelay, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The listener was disposed meanwhile.
        }
    }

    private void Hand(Socket socket)
    {
        SocketConnection connection;
        try
        {
            SocketTransport.Configure(socket);
            connection = _transport.Connect(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            _sink.OnAcceptFailed(exception.ToTransportError());
            return;
        }

        _sink.OnAccepted(connection);
    }
}
