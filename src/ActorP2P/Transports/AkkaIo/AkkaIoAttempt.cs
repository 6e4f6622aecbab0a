using System.Net;
using System.Net.Sockets;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// One attempt of Akka.IO to connect to one address. Akka.IO cannot cancel an attempt, so the attempt is cancelled by
/// closing its socket.
/// </summary>
internal sealed class AkkaIoAttempt(AkkaIoTransport transport, IPEndPoint address) : AkkaIoRef(transport.System)
{
    private readonly TaskCompletionSource<AkkaIoConnection?> _connection = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private Socket? _socket;
    private bool _isCancelled;

    /// <summary>The connection; null when there is none, or when the attempt was cancelled.</summary>
    public Task<AkkaIoConnection?> Connection => _connection.Task;

    public void Begin() => transport.Manager.Tell(
        new Tcp.Connect(address, null, [new SocketTap(this)]) { TcpSettings = transport.TcpSettings }, this);

    /// <summary>Cancels the attempt. If a connection is made nevertheless, it is reset.</summary>
    public void Cancel()
    {
        Socket? socket;
        lock (_lock)
        {
            _isCancelled = true;
            socket = _socket;
        }

        _connection.TrySetResult(null);

        // Akka.IO reports a connected socket, and the connection is reset then.
        if (socket is { Connected: false })
        {
            socket.Dispose();
        }
    }

    protected override void On(object message, IActorRef sender)
    {
        switch (message)
        {
            case Tcp.Connected connected:
                Take(connected, sender);
                break;
            case Tcp.CommandFailed:
                _connection.TrySetResult(null);
                break;
        }
    }

    private void Take(Tcp.Connected connected, IActorRef tcp)
    {
        // The socket has connected to itself (TCP's simultaneous open); SocketTransport describes it.
        if (connected.LocalAddress.Equals(connected.RemoteAddress))
        {
            tcp.Tell(Tcp.Abort.Instance, this);
            _connection.TrySetResult(null);
            return;
        }

        var connection = new AkkaIoConnection(transport, tcp, connected, _socket, null);
        connection.Register();
        if (!_connection.TrySetResult(connection))
        {
            connection.Abort();
        }
    }

    private void TakeSocket(Socket socket)
    {
        lock (_lock)
        {
            _socket = socket;
            if (!_isCancelled)
            {
                return;
            }
        }

        socket.Dispose();
    }

    private sealed class SocketTap(AkkaIoAttempt attempt) : Inet.SocketOption
    {
        public override void BeforeConnect(Socket s) => attempt.TakeSocket(s);
    }
}
