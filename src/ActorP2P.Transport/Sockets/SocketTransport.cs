using System.Collections.Frozen;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>TCP over the system's sockets.</summary>
public sealed class SocketTransport : ITransport
{
    private readonly TimeProvider _time;

    /// <summary>Makes a transport.</summary>
    /// <param name="settings">How sockets are configured.</param>
    /// <param name="time">The clock of the dial timeouts and of the pause after a failed accept.</param>
    public SocketTransport(SocketTransportSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        Settings = settings;
        _time = time;
    }

    internal SocketTransportSettings Settings { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// The host is an IP address, or a name with addresses of this machine, which are all bound at one port. Looking up
    /// the name takes at most <see cref="SocketTransportSettings.ResolveTimeout"/>. <c>0.0.0.0</c> stands for every
    /// IPv4 address, and <c>::</c> for every address of both families.
    /// </remarks>
    public IDisposable Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        var listening = new SocketListening(this, address, _time, sink);
        listening.Start();
        return listening;
    }

    /// <inheritdoc/>
    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        Dial(address, FrozenSet<PeerAddress>.Empty, timeout, sink);

    /// <inheritdoc/>
    public IDisposable Dial(PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(except);
        ArgumentNullException.ThrowIfNull(sink);
        address.RequireDialable(nameof(address));
        WaitTime.Require(timeout, nameof(timeout));
        var dial = new SocketDial(this, address, except, timeout, _time, sink);
        dial.Start();
        return dial;
    }

    internal static Socket CreateSocket(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>
    /// Configures a connection, whether accepted or dialled. The size of the kernel's buffer depends on the delay and
    /// is set when the delay is known. Once it has been set, the kernel no longer adjusts it by itself.
    /// </summary>
    /// <exception cref="SocketException">The connection has failed already.</exception>
    // The writer collects whole turns, so its bytes must be sent at once.
    internal static void Configure(Socket socket) => socket.NoDelay = true;

    /// <summary>Takes over a connected socket.</summary>
    /// <exception cref="SocketException">
    /// The peer has already reset the connection, or the socket is connected to itself.
    /// </exception>
    internal SocketConnection Connect(Socket socket)
    {
        // TCP's simultaneous open: a socket that dials a port of this machine on which no process listens may get that
        // same port as its own. Its packets then reach itself, and it is connected to itself. This is treated as if the
        // port had refused the connection.
        if (socket.LocalEndPoint is { } local && local.Equals(socket.RemoteEndPoint))
        {
            // Closes with a reset. Otherwise the port would stay in use for a while, and a process that wants to listen
            // there could not.
            socket.LingerState = new LingerOption(true, 0);
            throw new SocketException(
                (int)SocketError.ConnectionRefused, $"no process listens at {local}: the socket connected to itself");
        }

        return new SocketConnection(socket, Settings);
    }
}
