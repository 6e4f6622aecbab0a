namespace ActorP2P.Actors;

/// <content>Who watches whom.</content>
internal sealed partial class ActorCell
{

    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Watch(subject, message);
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (_extras?.Watching is { } watching && watching.Remove(watchee))
        {
            watchee.SendSystem(new UnwatchMessage(_self));
        }
        _extras?.TerminatedQueued?.Remove(watchee);
        return subject;
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        var watchee = (IInternalActorRef)subject;
        if (ReferenceEquals(watchee, _self))
        {
            return subject;
        }
        Dictionary<IInternalActorRef, object?> watching = Extras.Watching ??= [];
        if (watching.TryGetValue(watchee, out object? earlier))
        {
            if (!Equals(earlier, message))
            {
                throw new InvalidOperationException(
                    $"{subject} is watched already with another message; Unwatch it first.");
            }
            return subject;
        }
        watching.Add(watchee, message);
        watchee.SendSystem(new WatchMessage(watchee, _self));
        return subject;
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        // The parent is told as a parent, watching or not.
        if (watcher != ParentRef)
        {
            (Extras.WatchedBy ??= []).TryAdd(watcher, true);
        }
    }

    private void WatchedStopped(IInternalActorRef actor)
    {
        if (_extras?.Watching is { } watching && watching.Remove(actor, out object? message) && !_terminating)
        {
            (Extras.TerminatedQueued ??= [])[actor] = message;
            _self.Tell(new Terminated(actor, existenceConfirmed: true), actor);
        }
        if (_children is not null && actor is LocalActorRef child && _children.Find(child) is not null)
        {
            ChildStopped(child);
        }
    }

    private void DeliverTerminated(Terminated terminated)
    {
        var actor = (IInternalActorRef)terminated.ActorRef;
        if (_extras?.TerminatedQueued is not { } queued || !queued.Remove(actor, out object? instead))
        {
            return;
        }
        object message = instead ?? terminated;
        _message = message;
        Deliver(message);
    }

    /// <summary>Puts stashed messages in front again; a Terminated among them must count as queued once more.</summary>
    internal void Requeue(List<Envelope> stashed)
    {
        foreach (Envelope envelope in stashed)
        {
            if (envelope.Message is Terminated { ActorRef: IInternalActorRef actor })
            {
                (Extras.TerminatedQueued ??= []).TryAdd(actor, null);
            }
        }
        Mailbox.Prepend(stashed);
    }

    private void UnwatchAll()
    {
        if (_extras is not { Watching: { } watching } extras)
        {
            return;
        }
        foreach (IInternalActorRef watchee in watching.Keys)
        {
            watchee.SendSystem(new UnwatchMessage(_self));
        }
        extras.Watching = null;
        extras.TerminatedQueued = null;
    }

    private void TellWatchers()
    {
        if (_extras is not { WatchedBy: { } watchers } extras)
        {
            return;
        }
        foreach (IInternalActorRef watcher in watchers.Keys)
        {
            watcher.SendSystem(new DeathWatchNotification(_self));
        }
        extras.WatchedBy = null;
    }
}
