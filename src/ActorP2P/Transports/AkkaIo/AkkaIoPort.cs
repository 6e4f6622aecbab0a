using System.Net;
using System.Net.Sockets;
using ActorP2P.Transport;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// One address that is bound through Akka.IO. When a listener of Akka.IO ends, Akka.IO resets the connections that it
/// accepted. A port that is no longer listened on therefore stays bound, but accepts nothing, until its last connection
/// has ended.
/// </summary>
internal sealed class AkkaIoPort(AkkaIoTransport transport, IPEndPoint wanted, IAcceptSink first)
    : AkkaIoRef(transport.System)
{
    private readonly Lock _lock = new();
    private readonly AkkaIoBinding _binding = new(transport);
    private readonly AkkaIoAccepted _accepted = new();
    private readonly TaskCompletionSource<IPEndPoint> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IPEndPoint _address = wanted;
    private IAcceptSink _sink = first;
    private IActorRef _listener = ActorRefs.Nobody;
    private ITimer? _retry;
    private AkkaIoPortState _state = AkkaIoPortState.Binding;
    private bool _wasBound;
    private bool _isUnwanted;

    /// <summary>Completes with the address and the actual port; fails with a <see cref="SocketException"/>.</summary>
    public Task<IPEndPoint> Bound => _bound.Task;

    /// <summary>Completes when the port is free.</summary>
    public Task Ended => _ended.Task;

    private IAcceptSink CurrentSink => Volatile.Read(ref _sink);

    /// <summary>Begins to bind.</summary>
    public void Bind() => _binding.Begin(this, _address);

    /// <summary>Passes accepted connections to the sink, also those accepted since the port was bound.</summary>
    public void Open()
    {
        AkkaIoConnection[] early;
        lock (_lock)
        {
            _state = _state == AkkaIoPortState.Bound ? AkkaIoPortState.Open : _state;
            early = _accepted.TakeEarly();
        }

        IAcceptSink sink = CurrentSink;
        foreach (AkkaIoConnection connection in early)
        {
            sink.OnAccepted(connection);
        }
    }

    /// <summary>Nobody listens on the port any more. It stays bound for the connections that it accepted.</summary>
    public void Leave()
    {
        AkkaIoConnection[] early;
        lock (_lock)
        {
            early = _accepted.TakeEarly();
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

    /// <summary>Listens again on a port that stayed bound at the same address.</summary>
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
            bool isEnding = _state == AkkaIoPortState.Closing
                || (_isUnwanted && _state is AkkaIoPortState.Binding or AkkaIoPortState.Rebinding);
            return isEnding && _address.Equals(address);
        }
    }

    /// <summary>A connection that the port had accepted has ended.</summary>
    public void Release(AkkaIoConnection connection)
    {
        lock (_lock)
        {
            _accepted.Remove(connection);
            CloseIfUnused();
        }
    }

    /// <summary>Ends the port and all connections that it has accepted.</summary>
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

    /// <summary>Akka.IO's listener has ended, on request or by itself.</summary>
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

        told?.OnAcceptFailed(new TransportError(TransportFault.Other, $"Akka.IO has stopped listening at {_address}"));
    }

    /// <summary>
    /// Akka.IO's listener has terminated, and its connections with it. Those without a handler send no message of it.
    /// </summary>
    public void OnListenerTerminated(IActorRef listener)
    {
        OnListenerEnded(listener);
        AkkaIoConnection[] left;
        lock (_lock)
        {
            left = _accepted.Of(listener);
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
        }
    }

    private void TakeBound(IPEndPoint address, IActorRef listener)
    {
        AkkaIoBinding.Outcome outcome = _binding.End(listener);
        lock (_lock)
        {
            transport.Host.Watcher.Tell(new AkkaIoWatcher.Watch(this, listener), ActorRefs.NoSender);
            _listener = listener;
            _address = address;
            if (_isUnwanted || outcome == AkkaIoBinding.Outcome.NeverClean)
            {
                Unbind();
            }
            else if (outcome == AkkaIoBinding.Outcome.Again)
            {
                // Binds the same port again, even if the system chose it at first.
                _state = AkkaIoPortState.Rebinding;
                listener.Tell(Tcp.Unbind.Instance, this);
                return;
            }
            else
            {
                _state = _wasBound ? AkkaIoPortState.Open : AkkaIoPortState.Bound;
                _wasBound = true;
                AkkaIoRetriedAccepts.Watch(transport.System, listener, error => CurrentSink.OnAcceptFailed(error));
            }
        }

        if (outcome == AkkaIoBinding.Outcome.Clean)
        {
            _bound.TrySetResult(address);
        }
        else
        {
            _bound.TrySetException(
                new SocketException((int)SocketError.SocketError, $"each bind of {address} lost accepts"));
        }
    }

    private void TakeFailure(SocketException failure)
    {
        IAcceptSink? told = null;
        _binding.Fail();
        lock (_lock)
        {
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
            if (_state != AkkaIoPortState.Open && (_state != AkkaIoPortState.Bound || !_accepted.HasEarlyRoom))
            {
                tcp.Tell(Tcp.Abort.Instance, this);
                return;
            }

            _accepted.Add(connection, _listener);
        }

        connection.Register();
        lock (_lock)
        {
            if (_state == AkkaIoPortState.Bound)
            {
                _accepted.AddEarly(connection);
                return;
            }
        }

        CurrentSink.OnAccepted(connection);
    }

    private void CloseIfUnused()
    {
        if (_state == AkkaIoPortState.Left && _accepted.IsEmpty)
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
            static state => ((AkkaIoPort)state!).BindAgain(), this, transport.Sockets.AcceptRetryDelay,
            Timeout.InfiniteTimeSpan);
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
