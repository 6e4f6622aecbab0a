using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// TCP through Akka.IO, whose actors read and write, in an actor system of the caller. Names, races between several
/// addresses, timeouts and faults work as in <see cref="SocketTransport"/>; docs/internals/architecture.md lists the
/// differences.
/// </summary>
public sealed class AkkaIoTransport : ITransport, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<AkkaIoConnection> _connections = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<AkkaIoPort> _ports = new(ReferenceEqualityComparer.Instance);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isEnding;

    /// <summary>Makes a transport.</summary>
    /// <param name="system">
    /// The actor system of Akka.IO's actors. Its settings of <c>akka.io.tcp</c> apply, except for the frame size.
    /// </param>
    /// <param name="sockets">How sockets are configured, and how names are resolved.</param>
    /// <param name="settings">The settings of Akka.IO.</param>
    /// <param name="time">The clock of timeouts and pauses.</param>
    /// <exception cref="ArgumentException">A setting is not allowed.</exception>
    public AkkaIoTransport(
        ActorSystem system, SocketTransportSettings sockets, AkkaIoSettings settings, TimeProvider time)
        : this(system, sockets, settings, time, null)
    {
    }

    internal AkkaIoTransport(
        ActorSystem system, SocketTransportSettings sockets, AkkaIoSettings settings, TimeProvider time,
        IActorRef? manager)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(sockets);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(time);
        settings.Validated();
        System = (ExtendedActorSystem)system;
        Sockets = sockets;
        Time = time;
        Manager = manager ?? Tcp.Manager(system);
        TcpSettings = TcpSettings.Create(system) with
        {
            MaxFrameSizeBytes = settings.FrameSize,

            // One attempt gives one answer. The connect race decides about the other addresses of a name and when to
            // try them.
            FinishConnectRetries = 0,
            OutgoingSocketForceIpv4 = false,

            // A connection has one pending write of a bounded length. A lower limit here would drop it.
            WriteCommandsQueueMaxSize = -1,
        };
        Host = AkkaIoHost.Of(System);
        Host.Add(this);
    }

    internal ExtendedActorSystem System { get; }

    internal SocketTransportSettings Sockets { get; }

    internal TimeProvider Time { get; }

    internal IActorRef Manager { get; }

    internal TcpSettings TcpSettings { get; }

    internal AkkaIoHost Host { get; }

    /// <summary>A token that is cancelled when the transport ends.</summary>
    internal CancellationToken Ending => _ending.Token;

    /// <summary>The number of open connections, for tests.</summary>
    internal int Connections
    {
        get
        {
            lock (_lock)
            {
                return _connections.Count;
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// When a listener is disposed, its port stays bound and resets new connections until the last connection that it
    /// accepted has ended, because Akka.IO would reset those otherwise. This transport can listen on that port again at
    /// any time.
    /// </remarks>
    public IDisposable Listen(PeerAddress address, IAcceptSink sink)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(sink);
        var listening = new AkkaIoListening(this, address, sink);
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
        var dial = new AkkaIoDial(this, address, except, timeout, sink);
        dial.Start();
        return dial;
    }

    /// <summary>
    /// Ends everything that is still open, and completes when Akka.IO has freed all ports and connections. The
    /// transport cannot be used afterwards.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        AkkaIoConnection[] connections = BeginEnd(out AkkaIoPort[] ports);
        foreach (AkkaIoConnection connection in connections)
        {
            connection.Abort();
        }

        foreach (AkkaIoPort port in ports)
        {
            port.Close();
        }

        return new ValueTask(_ended.Task);
    }

    /// <summary>The actor system has ended, so Akka.IO sends no more messages.</summary>
    internal void OnSystemEnded()
    {
        AkkaIoConnection[] connections = BeginEnd(out AkkaIoPort[] ports);
        foreach (AkkaIoConnection connection in connections)
        {
            connection.OnEnded(AkkaIoFaults.SystemEnded);
        }

        foreach (AkkaIoPort port in ports)
        {
            port.OnSystemEnded();
        }
    }

    /// <summary>Adds a connection; returns false when the transport is ending.</summary>
    internal bool TryAdd(AkkaIoConnection connection)
    {
        lock (_lock)
        {
            return !_isEnding && _connections.Add(connection);
        }
    }

    internal void Remove(AkkaIoConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            EndIfEmpty();
        }
    }

    /// <summary>Begins to bind an address, with a port that stayed bound or with a new one.</summary>
    /// <exception cref="SocketException">The transport is ending.</exception>
    internal async Task<AkkaIoPort> BindAsync(IPEndPoint address, IAcceptSink sink)
    {
        foreach (AkkaIoPort port in address.Port == 0 ? [] : Ports())
        {
            if (port.TryAdopt(address, sink))
            {
                return port;
            }

            await (port.IsEndingAt(address) ? port.Ended : Task.CompletedTask);
        }

        AkkaIoPort bound = new(this, address, sink);
        lock (_lock)
        {
            if (_isEnding)
            {
                throw new SocketException((int)SocketError.OperationAborted, "the transport has ended");
            }

            _ports.Add(bound);
        }

        bound.Bind();
        return bound;
    }

    internal void Remove(AkkaIoPort port)
    {
        lock (_lock)
        {
            _ports.Remove(port);
            EndIfEmpty();
        }
    }

    private AkkaIoPort[] Ports()
    {
        lock (_lock)
        {
            return [.. _ports];
        }
    }

    private AkkaIoConnection[] BeginEnd(out AkkaIoPort[] ports)
    {
        _ending.Cancel();
        lock (_lock)
        {
            _isEnding = true;
            EndIfEmpty();
            ports = [.. _ports];
            return [.. _connections];
        }
    }

    private void EndIfEmpty()
    {
        if (_isEnding && _connections.Count == 0 && _ports.Count == 0)
        {
            _ended.TrySetResult();
            Host.Remove(this);
        }
    }
}
