using System.Net;
using Akka.Event;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// Binds a port and counts the accepts that the listener loses meanwhile. Akka.IO begins to accept before its listener
/// can handle the result. It drops such a connection, and the listener permanently loses one of its few concurrent
/// accepts. The lost accept can be noticed, because its message is published as an UnhandledMessage.
/// </summary>
internal sealed class AkkaIoBinding : AkkaIoRef
{
    // If clients connect during a bind, one bind in thirty loses an accept (measured). Such a bind is repeated.
    private const int MaxBinds = 32;

    private readonly AkkaIoTransport _transport;
    private readonly Lock _lock = new();
    private readonly Dictionary<IActorRef, int> _lost = [];
    private int _binds;

    public AkkaIoBinding(AkkaIoTransport transport)
        : base(transport.System) => _transport = transport;

    /// <summary>The outcome of a bind.</summary>
    public enum Outcome
    {
        /// <summary>No accept was lost, or few enough in the last attempt.</summary>
        Clean,
        /// <summary>An accept was lost, and the bind must be repeated.</summary>
        Again,
        /// <summary>Every permitted attempt lost too many accepts.</summary>
        NeverClean,
    }

    /// <summary>Begins to bind. Akka.IO sends the answer to <paramref name="port"/>.</summary>
    public void Begin(AkkaIoPort port, IPEndPoint address)
    {
        _binds++;
        _transport.System.EventStream.Subscribe(this, typeof(UnhandledMessage));
        Inet.SocketOption[] options = address.Address.Equals(IPAddress.IPv6Any)
            ? [AkkaIoDualMode.Instance, AkkaIoSocketTap.Instance]
            : [AkkaIoSocketTap.Instance];
        _transport.Manager.Tell(
            new Tcp.Bind(port, address, _transport.Sockets.Backlog, options) { TcpSettings = _transport.TcpSettings },
            port);
    }

    /// <summary>The bind has failed.</summary>
    public void Fail() => Take(ActorRefs.Nobody);

    /// <summary>The new listener.</summary>
    /// <param name="listener">The listener that it made.</param>
    public Outcome End(IActorRef listener)
    {
        int lost = Take(listener);
        bool isLast = _binds >= MaxBinds;
        if (lost == 0 || (isLast && lost < _transport.TcpSettings.BatchAcceptLimit))
        {
            _binds = 0;
            return Outcome.Clean;
        }

        return isLast ? Outcome.NeverClean : Outcome.Again;
    }

    protected override void On(object message, IActorRef sender)
    {
        if (message is UnhandledMessage unhandled)
        {
            lock (_lock)
            {
                _lost[unhandled.Recipient] = _lost.GetValueOrDefault(unhandled.Recipient) + 1;
            }
        }
    }

    private int Take(IActorRef listener)
    {
        _transport.System.EventStream.Unsubscribe(this, typeof(UnhandledMessage));
        lock (_lock)
        {
            int lost = _lost.GetValueOrDefault(listener);
            _lost.Clear();
            return lost;
        }
    }
}
