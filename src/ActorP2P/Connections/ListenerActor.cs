using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Accepts connections and passes them to the ManagerActor. After a fault it is restarted and binds the same port
/// again, with a growing pause while another process holds the port.
/// </summary>
internal sealed class ListenerActor(NodeContext node) : VitalActor
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ActorTimer _bindDue = new(node.TimeProvider, Context.Self, BindDue.Instance);
    private IDisposable? _listener;
    private Sink? _sink;
    private TimeSpan _pause = FirstPause;
    private bool _isRestarted;

    protected override void PreStart() => Bind();

    protected override void PostRestart(Exception reason)
    {
        _isRestarted = true;
        base.PostRestart(reason);
    }

    protected override void PostStop()
    {
        _bindDue.Stop();
        _listener?.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ManagerMessages.Accepted or ManagerMessages.AcceptFailed:
                Context.Parent.Tell(message);
                break;
            case Bound bound when bound.Sink == _sink:
                Context.Parent.Tell(new ManagerMessages.Listening(bound.Addresses));
                break;
            case NotBound failed when failed.Sink == _sink:
                TakeFailure(failed.Error);
                break;
            case Bound or NotBound:
                // The answer belongs to an earlier instance, which has closed its listener.
                break;
            case BindDue:
                Bind();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Bind()
    {
        // Once bound, the port stays the same, even if the system chose it, because peers know it.
        if (node.Settings.Listen is not { } address)
        {
            Context.Parent.Tell(new ManagerMessages.Listening([]));
            return;
        }

        if (node.Board.ListenAddresses is [var bound, ..])
        {
            address = new PeerAddress(address.Host, bound.Port, address.Id);
        }

        _sink = new Sink(Self);
        _listener = node.Transport.Listen(address.WithoutId, _sink);
    }

    private void TakeFailure(TransportError error)
    {
        if (!_isRestarted)
        {
            Context.Parent.Tell(new ManagerMessages.ListenFailed(error));
            return;
        }

        Context.Parent.Tell(new ManagerMessages.AcceptFailed(error));
        _bindDue.Start(_pause);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    private sealed record BindDue
    {
        public static readonly BindDue Instance = new();
    }

    private sealed record Bound(Sink Sink, IReadOnlyList<PeerAddress> Addresses);

    private sealed record NotBound(Sink Sink, TransportError Error);

    private sealed class Sink(IActorRef listener) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) =>
            listener.Tell(new Bound(this, addresses), ActorRefs.NoSender);

        public void OnListenFailed(TransportError error) =>
            listener.Tell(new NotBound(this, error), ActorRefs.NoSender);

        public void OnAccepted(IConnection connection) =>
            listener.Tell(new ManagerMessages.Accepted(connection), ActorRefs.NoSender);

        public void OnAcceptFailed(TransportError error) =>
            listener.Tell(new ManagerMessages.AcceptFailed(error), ActorRefs.NoSender);
    }
}
