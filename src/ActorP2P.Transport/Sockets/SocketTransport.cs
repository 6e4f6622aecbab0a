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
    /// <param name="settings">How sockets are set up.</param>
    /// <param name="time">The clock of dial time-outs and of the pause after a failed accept.</param>
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
    /// The host is an IP address or a name of addresses of this machine: all that it has of them are bound, at one
    /// port. The lookup of a name takes at most <see cref="SocketTransportSettings.ResolveTimeout"/>. <c>0.0.0.0</c> is
    /// every IPv4 address, <c>::</c> every address of both families.
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
                (int)SocketError.ConnectionRefused, $"no process listens at {local}: the socket connected to itself");
        }

        return new SocketConnection(socket, Settings);
    }
}
