using System.Diagnostics.CodeAnalysis;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace ActorP2P;

/// <summary>
/// A remote node as an actor reference. A message sent to it goes to that node. There is no actor and no mailbox behind
/// it: when the call returns, the message is in a bounded queue, or it has been refused. Nobody can stop it; whoever
/// watches it learns of its end.
/// </summary>
internal abstract class RemoteRef : MinimalActorRef
{
    private readonly Lock _lock = new();
    private readonly HashSet<IActorRef> _watchers = [];
    private volatile bool _isOver;

    public override IActorRefProvider Provider => ((ExtendedActorSystem)Node.ActorSystem).Provider;

    /// <inheritdoc/>
    public override bool IsTerminated => _isOver;

    /// <summary>The node that it belongs to.</summary>
    protected abstract P2PNode Node { get; }

    /// <summary>What it stands for has ended: the actors that watch it are told.</summary>
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

    /// <summary>Asks the remote node.</summary>
    protected abstract Task<object> AskAsync(object request);

    /// <summary>Sends the remote node a message that needs no answer.</summary>
    protected abstract Task NotifyAsync(object message);

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case PoisonPill or Kill:
                // Only the node ends what it stands for; the messages of P2P ask it to.
                break;
            case Identify identify:
                sender.Tell(new ActorIdentity(identify.MessageId, this), this);
                break;
            case var _ when IsAsk(message, sender):
                _ = AnswerAsync(message, sender);
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
    private async Task AnswerAsync(object request, IActorRef sender)
    {
        object answer;
        try
        {
            answer = await AskAsync(request);
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
            await NotifyAsync(message);
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
