using System.Diagnostics.CodeAnalysis;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace ActorP2P;

/// <summary>
/// A peer as an actor reference. A message sent to it goes to the peer, and an actor that watches it learns when the
/// connection ends. There is no actor and no mailbox behind it: when the call returns, the message is in the peer's
/// send queue, whose bound applies. Nobody can stop it.
/// </summary>
internal sealed class PeerRef(Peer peer) : MinimalActorRef
{
    private readonly Lock _lock = new();
    private readonly HashSet<IActorRef> _watchers = [];
    private volatile bool _isOver;

    public override ActorPath Path { get; } = peer.Owner.Manager.Path / "peers" / $"{peer.ConnectionId}";

    public override IActorRefProvider Provider => ((ExtendedActorSystem)Node.ActorSystem).Provider;

    /// <inheritdoc/>
    public override bool IsTerminated => _isOver;

    private P2PNode Node => peer.Owner.Node;

    /// <summary>The connection has ended.</summary>
    public void End()
    {
        IActorRef[] watchers;
        lock (_lock)
        {
            _isOver = true;
            watchers = [.. _watchers.OrderBy(static watcher => watcher.Path.ToString(), StringComparer.Ordinal)];
            _watchers.Clear();
        }

        foreach (IActorRef watcher in watchers)
        {
            TellEnd(watcher);
        }
    }

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this):
                if (!TryAdd(watch.Watcher))
                {
                    TellEnd(watch.Watcher);
                }

                break;
            case Unwatch unwatch when unwatch.Watchee.Equals(this):
                lock (_lock)
                {
                    _watchers.Remove(unwatch.Watcher);
                }

                break;
        }
    }

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case PoisonPill or Kill:
                // Only the node ends a connection. P2P.Disconnect asks it to.
                break;
            case Identify identify:
                sender.Tell(new ActorIdentity(identify.MessageId, this), this);
                break;
            case var _ when IsAsk(message, sender):
                _ = AskAsync(message, sender);
                break;
            default:
                _ = NotifyAsync(message, sender);
                break;
        }
    }

    // Akka's Ask makes a reference for the answer under the path of temporary actors.
    private static bool IsAsk(object message, IActorRef? sender) =>
        sender is not null && !sender.IsNobody() && (message is IRequest || sender.Path.Parent.Name == "temp");

    [SuppressMessage("Design", "CA1031", Justification = "The sender of an ask gets any exception as its answer.")]
    private async Task AskAsync(object request, IActorRef sender)
    {
        object answer;
        try
        {
            answer = await Node.AskAnyAsync(peer, request, options: null);
        }
        catch (Exception exception)
        {
            answer = new Status.Failure(exception);
        }

        sender.Tell(answer, this);
    }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "A tell does not throw; a message that is not sent becomes a dead letter with the reason.")]
    private async Task NotifyAsync(object message, IActorRef? sender)
    {
        try
        {
            await Node.TellAsync(peer, message);
        }
        catch (Exception exception)
        {
            Node.ActorSystem.EventStream.Publish(
                new Dropped(message, exception.Message, sender ?? ActorRefs.NoSender, this));
        }
    }

    private bool TryAdd(IActorRef watcher)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _watchers.Add(watcher);
            }

            return !_isOver;
        }
    }

    private void TellEnd(IActorRef watcher) => ((IInternalActorRef)watcher).SendSystemMessage(
        new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
}
