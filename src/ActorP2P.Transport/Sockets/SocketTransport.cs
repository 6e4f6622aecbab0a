using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>TCP over the system's sockets.</summary>
public sealed class SocketTransport : ITransport
{
    private readonly SocketTransportSettings _settings;
    private readonly TimeProvider _time;

    /// <summary>Makes a transport.</summary>
    /// <param name="settings">How sockets are set up.</param>
    /// <param name="time">The clock of dial time-outs and of the pause after a failed accept.</param>
    public SocketTransport(SocketTransportSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        _settings = settings;
        _time = time;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The host is an IP address or a name that resolves to one of this machine; the lookup of a name blocks.
    /// <c>0.0.0.0</c> is every IPv4 address, <c>::</c> every address of both families.
    /// </remarks>
    public IListener Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        Socket? socket = null;
        try
        {
            IPAddress ip = IPAddress.TryParse(address.Host, out IPAddress? literal)
                ? literal
                : Dns.GetHostAddresses(address.Host)[0];
            socket = CreateSocket(ip.AddressFamily);
            if (ip.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(ip, address.Port));
            socket.Listen(_settings.Backlog);
            var listener = new SocketListener(socket, this, _settings.AcceptRetryDelay, _time, sink);
            listener.Start();
            return listener;
        }
        catch (SocketException exception)
        {
            socket?.Dispose();
            throw new TransportException(exception.ToTransportError(), exception);
        }
    }

    /// <inheritdoc/>
    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentOutOfRangeException.ThrowIfZero(address.Port, nameof(address));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        var dial = new SocketDial(this, address, timeout, _time, sink);
        ThreadPool.UnsafeQueueUserWorkItem(dial, preferLocal: false);
        return dial;
    }

    internal static Socket CreateSocket(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Sets what every connection has, accepted or dialled. How much the kernel buffers depends on the delay, and is set
    /// when that is known: a buffer once sized is never sized by the kernel again.</summary>
    /// <exception cref="SocketException">The connection is broken already.</exception>
    // The writer batches whole turns; what it hands over is to leave at once.
    internal static void Configure(Socket socket) => socket.NoDelay = true;

    /// <summary>Takes over a connected socket.</summary>
    /// <exception cref="SocketException">
    /// The peer has cut the connection already, or there is none: the socket is connected to itself.
    /// </exception>
    internal SocketConnection Connect(Socket socket)
    {
        // TCP's simultaneous open: who dials a port of this machine where nobody listens may be given that very port
        // as its own, and then its packets meet each other. Nobody is there, as if the port had refused.
        if (socket.LocalEndPoint is { } local && local.Equals(socket.RemoteEndPoint))
        {
            // With a reset: else the port stays taken for a while, and whoever is to listen there could not.
            socket.LingerState = new LingerOption(true, 0);
            throw new SocketException(
                (int)SocketError.ConnectionRefused, $"nobody listens at {local}: the socket was connected to itself");
        }

        return new SocketConnection(socket, _settings);
    }
}
