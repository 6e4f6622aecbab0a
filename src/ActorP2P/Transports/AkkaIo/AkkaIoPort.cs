using System.Net;
using System.Net.Sockets;
using ActorP2P.Transport;
using Akka.Event;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// One address that is bound through Akka.IO. The connections that it accepted are children of Akka.IO's listener, and
/// are reset with
/// it; so a port whose listening is over stays bound, deaf, until the last of them has ended.
/// </summary>
internal sealed class AkkaIoPort(AkkaIoTransport transport, IPEndPoint wanted, IAcceptSink first) : AkkaIoRef(transport.System)
{
    // A bind that clients knock at while it happens loses an accept in one case of thirty (measured), and is then done
    // again.
    private const int MaxBinds = 32;

    // Connections accepted between the answer that the port is bound and the word that it is open.
    private const int MaxEarly = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<IActorRef, int> _lost = [];
    private readonly List<AkkaIoConnection> _early = [];

    // Each with the listener that is its parent.
    private readonly Dictionary<AkkaIoConnection, IActorRef> _connections = new(ReferenceEqualityComparer.Instance);
    private readonly TaskCompletionSource<IPEndPoint> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IPEndPoint _address = wanted;
    private IAcceptSink _sink = first;
    private IActorRef _listener = ActorRefs.Nobody;
    private ITimer? _retry;
    private AkkaIoPortState _state = AkkaIoPortState.Binding;
    private bool _wasBound;
    private bool _isUnwanted;
    private int _binds;
    private long _retried;

    /// <summary>The address with the real port; fails with a <see cref="SocketException"/>.</summary>
    public Task<IPEndPoint> Bound => _bound.Task;

    /// <summary>Completes when the port is free.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Begins to bind.</summary>
    public void Bind()
    {
        _binds++;
        transport.System.EventStream.Subscribe(this, typeof(UnhandledMessage));
        Inet.SocketOption[] options = _address.Address.Equals(IPAddress.IPv6Any)
            ? [AkkaIoDualMode.Instance, AkkaIoSocketTap.Instance]
            : [AkkaIoSocketTap.Instance];
        transport.Manager.Tell(
            new Tcp.Bind(this, _address, transport.Sockets.Backlog, options) { TcpSettings = transport.TcpSettings }, this);
    }

    /// <summary>Hands over what is accepted from now on, and what was since the port is bound.</summary>
    public void Open()
    {
        AkkaIoConnection[] early;
        IAcceptSink sink;
        lock (_lock)
        {
            _state = _state == AkkaIoPortState.Bound ? AkkaIoPortState.Open : _state;
            early = TakeEarly();
            sink = _sink;
        }

        foreach (AkkaIoConnection connection in early)
        {
            sink.OnAccepted(connection);
        }
    }

    /// <summary>The listening is over: the port stays only for the connections that it accepted.</summary>
    public void Leave()
    {
        AkkaIoConnection[] early;
        lock (_lock)
        {
            early = TakeEarly();
            _isUnwanted = true;
            switch (_state)
            {
                case AkkaIoPortState.Bound or AkkaIoPortState.Open:
                    _state = AkkaIoPortState.Left;
                    CloseIfUnused();
                    break;
                case AkkaIoPortState.Lost:
                    End();
                    break;
            }
        }

        foreach (AkkaIoConnection connection in early)
        {
            connection.Abort();
        }
    }

    /// <summary>Takes over a port that a listening has left, at the same address.</summary>
    public bool TryAdopt(IPEndPoint address, IAcceptSink sink)
    {
        lock (_lock)
        {
            if (_state != AkkaIoPortState.Left || !_address.Equals(address))
            {
                return false;
            }

            _state = AkkaIoPortState.Bound;
            _isUnwanted = false;
            _sink = sink;
            return true;
        }
    }

    /// <summary>Whether the address will be free soon.</summary>
    public bool IsEndingAt(IPEndPoint address)
    {
        lock (_lock)
        {
            return _address.Equals(address)
                && (_state == AkkaIoPortState.Closing || (_isUnwanted && _state is AkkaIoPortState.Binding or AkkaIoPortState.Rebinding));
        }
    }

    /// <summary>A connection that the port had accepted has ended.</summary>
    public void Release(AkkaIoConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            CloseIfUnused();
        }
    }

    /// <summary>Ends the port, and with it whatever it has accepted.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isUnwanted = true;
            switch (_state)
            {
                case AkkaIoPortState.Bound or AkkaIoPortState.Open or AkkaIoPortState.Left:
                    Unbind();
                    break;
                case AkkaIoPortState.Lost:
                    End();
                    break;
            }
        }
    }

    /// <summary>The actor system has ended, and the port with it.</summary>
    public void OnSystemEnded()
    {
        IAcceptSink? told;
        lock (_lock)
        {
            told = _wasBound && !_isUnwanted ? _sink : null;
            End();
        }

        _bound.TrySetException(new SocketException((int)SocketError.OperationAborted, AkkaIoFaults.SystemEnded.Detail));
        told?.OnAcceptFailed(AkkaIoFaults.SystemEnded);
    }

    /// <summary>Akka.IO's listener has ended: because it was told to, or by itself.</summary>
    public void OnListenerEnded(IActorRef listener)
    {
        IAcceptSink? told = null;
        lock (_lock)
        {
            if (!listener.Equals(_listener))
            {
                return;
            }

            _listener = ActorRefs.Nobody;
            switch (_state)
            {
                case AkkaIoPortState.Rebinding when !_isUnwanted:
                    _state = AkkaIoPortState.Binding;
                    Bind();
                    break;
                case AkkaIoPortState.Bound or AkkaIoPortState.Open:
                    told = _sink;
                    BindLater();
                    break;
                default:
                    End();
                    break;
            }
        }

        told?.OnAcceptFailed(new TransportError(TransportFault.Other, $"Akka.IO has stopped to listen at {_address}"));
    }

    /// <summary>
    /// Akka.IO's listener has terminated, and with it all its connections. One that had not taken its handler yet says
    /// nothing.
    /// </summary>
    public void OnListenerTerminated(IActorRef listener)
    {
        OnListenerEnded(listener);
        AkkaIoConnection[] left;
        lock (_lock)
        {
            left = [.. _connections.Where(pair => pair.Value.Equals(listener)).Select(static pair => pair.Key)];
        }

        foreach (AkkaIoConnection connection in left)
        {
            connection.OnEnded(AkkaIoFaults.ListenerEnded);
        }
    }

    protected override void On(object message, IActorRef sender)
    {
        switch (message)
        {
            case Tcp.Connected connected:
                Accept(connected, sender);
                break;
            case Tcp.Bound bound:
                TakeBound((IPEndPoint)bound.LocalAddress, sender);
                break;
            case Tcp.CommandFailed failed:
                TakeFailure(AkkaIoFaults.ExceptionOf(failed.Cause.HasValue ? failed.Cause.Value : null));
                break;
            case Tcp.Unbound:
                // The port is free; the listener itself ends a little later.
                OnListenerEnded(sender);
                break;
            case Tcp.TcpListenerStatistics statistics:
                TellRetried(statistics.RetriedIncomingConnections);
                break;
            case UnhandledMessage unhandled:
                NoteLost(unhandled.Recipient);
                break;
        }
    }

    /// <summary>
    /// Akka.IO accepts before it is ready to, and drops what comes in between: the connection, and for good one of the
    /// few accepts
    /// that it has under way. It leaves the message unhandled, so that it can be seen.
    /// </summary>
    private void NoteLost(IActorRef recipient)
    {
        lock (_lock)
        {
            if (_state == AkkaIoPortState.Binding)
            {
                _lost[recipient] = _lost.GetValueOrDefault(recipient) + 1;
            }
        }
    }

    private void TakeBound(IPEndPoint address, IActorRef listener)
    {
        bool isClean;
        lock (_lock)
        {
            transport.System.EventStream.Unsubscribe(this, typeof(UnhandledMessage));
            transport.Host.Watcher.Tell(new AkkaIoWatcher.Watch(this, listener), ActorRefs.NoSender);
            int lost = _lost.GetValueOrDefault(listener);
            bool isLast = _binds >= MaxBinds;
            _lost.Clear();
            _listener = listener;
            _address = address;
            isClean = lost == 0 || (isLast && lost < transport.TcpSettings.BatchAcceptLimit);
            if (_isUnwanted || (isLast && !isClean))
            {
                Unbind();
            }
            else if (isClean)
            {
                _state = _wasBound ? AkkaIoPortState.Open : AkkaIoPortState.Bound;
                _wasBound = true;
                _binds = 0;
                _retried = 0;
                listener.Tell(new Tcp.SubscribeToTcpListenerStats(this), this);
            }
            else
            {
                // At the same port, also when the system has chosen it.
                _state = AkkaIoPortState.Rebinding;
                listener.Tell(Tcp.Unbind.Instance, this);
                return;
            }
        }

        if (isClean)
        {
            _bound.TrySetResult(address);
        }
        else
        {
            _bound.TrySetException(new SocketException((int)SocketError.SocketError, $"no clean bind of {address} in {MaxBinds} tries"));
        }
    }

    private void TakeFailure(SocketException failure)
    {
        IAcceptSink? told = null;
        lock (_lock)
        {
            transport.System.EventStream.Unsubscribe(this, typeof(UnhandledMessage));
            if (_wasBound && !_isUnwanted)
            {
                told = _sink;
                BindLater();
            }
            else
            {
                End();
            }
        }

        _bound.TrySetException(failure);
        told?.OnAcceptFailed(failure.ToTransportError());
    }

    private void Accept(Tcp.Connected connected, IActorRef tcp)
    {
        AkkaIoConnection connection = new(transport, tcp, connected, AkkaIoSocketTap.Take(), this);
        lock (_lock)
        {
            if (_state != AkkaIoPortState.Open && (_state != AkkaIoPortState.Bound || _early.Count >= MaxEarly))
            {
                tcp.Tell(Tcp.Abort.Instance, this);
                return;
            }

            _connections.Add(connection, _listener);
        }

        connection.Register();
        IAcceptSink sink;
        lock (_lock)
        {
            sink = _sink;
            if (_state == AkkaIoPortState.Bound)
            {
                _early.Add(connection);
                return;
            }
        }

        sink.OnAccepted(connection);
    }

    /// <summary>
    /// Without file descriptors Akka.IO tries to accept again each 10 ms, and tells nobody; its statistics say so
    /// every 10 s.
    /// </summary>
    private void TellRetried(long retried)
    {
        long more;
        IAcceptSink sink;
        lock (_lock)
        {
            more = retried - _retried;
            _retried = retried;
            sink = _sink;
        }

        if (more > 0)
        {
            TransportFault fault = AkkaIoDescriptors.AreOut ? TransportFault.TooManyOpenFiles : TransportFault.Other;
            sink.OnAcceptFailed(new TransportError(fault, $"{more} accepts had to be tried again"));
        }
    }

    private AkkaIoConnection[] TakeEarly()
    {
        AkkaIoConnection[] early = [.. _early];
        _early.Clear();
        return early;
    }

    private void CloseIfUnused()
    {
        if (_state == AkkaIoPortState.Left && _connections.Count == 0)
        {
            Unbind();
        }
    }

    private void Unbind()
    {
        _state = AkkaIoPortState.Closing;
        _listener.Tell(Tcp.Unbind.Instance, this);
    }

    private void BindLater()
    {
        _state = AkkaIoPortState.Lost;
        _retry?.Dispose();
        _retry = transport.Time.CreateTimer(
            static state => ((AkkaIoPort)state!).BindAgain(), this, transport.Sockets.AcceptRetryDelay, Timeout.InfiniteTimeSpan);
    }

    private void BindAgain()
    {
        lock (_lock)
        {
            if (_state == AkkaIoPortState.Lost)
            {
                _state = AkkaIoPortState.Binding;
                Bind();
            }
        }
    }

    private void End()
    {
        _state = AkkaIoPortState.Ended;
        _retry?.Dispose();
        _ended.TrySetResult();
        transport.Remove(this);
    }
}
