using System.Net;
using Akka.Event;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// Binds a port, and counts the accepts that the listener loses meanwhile. Akka.IO accepts before it is ready to, and
/// drops what comes in between: the connection, and for good one of the few accepts that it has under way. It leaves
/// the message unhandled, so that it can be seen.
/// </summary>
internal sealed class AkkaIoBinding : AkkaIoRef
{
    // A bind at which clients knock while it happens loses an accept in one case of thirty (measured), and is done
    // again.
    private const int MaxBinds = 32;

    private readonly AkkaIoTransport _transport;
    private readonly Lock _lock = new();
    private readonly Dictionary<IActorRef, int> _lost = [];
    private int _binds;

    public AkkaIoBinding(AkkaIoTransport transport)
        : base(transport.System) => _transport = transport;

    /// <summary>What a bind has come to.</summary>
    public enum Outcome
    {
        /// <summary>No accept was lost, or few enough in the last try.</summary>
        Clean,
        /// <summary>An accept was lost: it is to be done again.</summary>
        Again,
        /// <summary>It was done as often as it may be, and was never clean.</summary>
        NeverClean,
    }

    /// <summary>Begins to bind; Akka.IO answers to <paramref name="port"/>.</summary>
    public void Begin(AkkaIoPort port, IPEndPoint address)
    {
        _binds++;
        _transport.System.EventStream.Subscribe(this, typeof(UnhandledMessage));
        Inet.SocketOption[] options = address.Address.Equals(IPAddress.IPv6Any)
            ? [AkkaIoDualMode.Instance, AkkaIoSocketTap.Instance]
            : [AkkaIoSocketTap.Instance];
        _transport.Manager.Tell(
            new Tcp.Bind(port, address, _transport.Sockets.Backlog, options) { TcpSettings = _transport.TcpSettings }, port);
    }

    /// <summary>The bind has failed.</summary>
    public void Fail() => Take(ActorRefs.Nobody);

    /// <summary>The bind has succeeded.</summary>
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
