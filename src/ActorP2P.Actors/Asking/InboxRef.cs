namespace ActorP2P.Actors;

/// <summary>What stands behind an inbox: a bounded queue of messages and the waiters for the next ones.</summary>
internal sealed class InboxRef(ActorSystem system, int capacity) : ActorRefBase(system)
{
    private readonly Lock _gate = new();
    private readonly Queue<object> _messages = [];
    private readonly LinkedList<AskPromise<object>> _waiters = [];
    private readonly Dictionary<IInternalActorRef, object?> _watching = [];
    private bool _closed;

    public override ActorPath Path { get; } = system.NextTempPath();

    public override bool IsTerminated => _closed;

    public override void Tell(object message, IActorRef? sender)
    {
        if (!Accept(message))
        {
            System.DeadLetters.Tell(new DeadLetter(message, sender ?? System.DeadLetters, this), sender);
        }
    }

    public override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification death when TakeWatch(death.Actor, out object? instead):
                Tell(instead ?? new Terminated(death.Actor, existenceConfirmed: true), death.Actor);
                break;
            case WatchMessage watch when _closed:
                watch.Watcher.SendSystem(new DeathWatchNotification(watch.Watchee));
                break;
        }
    }

    public IActorRef Watch(IActorRef subject, object? instead)
    {
        var watchee = (IInternalActorRef)subject;
        bool added;
        lock (_gate)
        {
            added = _watching.TryAdd(watchee, instead);
        }
        if (added)
        {
            watchee.SendSystem(new WatchMessage(watchee, this));
        }
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (TakeWatch(watchee, out _))
        {
            watchee.SendSystem(new UnwatchMessage(this));
        }
        return subject;
    }

    public async Task<object> Next(TimeSpan timeout)
    {
        AskPromise<object> waiter;
        lock (_gate)
        {
            if (_messages.TryDequeue(out object? waiting))
            {
                return waiting;
            }
            waiter = new AskPromise<object>(System);
            _waiters.AddLast(waiter);
        }
        waiter.Start(timeout, CancellationToken.None);
        try
        {
            return await waiter.Task;
        }
        catch (AskTimeoutException)
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
            return new Status.Failure(new TimeoutException($"No message came to the inbox within {timeout:c}."));
        }
    }

    public void Close()
    {
        IInternalActorRef[] watched;
        lock (_gate)
        {
            _closed = true;
            watched = [.. _watching.Keys];
            _watching.Clear();
        }
        foreach (IInternalActorRef watchee in watched)
        {
            watchee.SendSystem(new UnwatchMessage(this));
        }
    }

    private bool Accept(object message)
    {
        while (true)
        {
            AskPromise<object>? waiter;
            lock (_gate)
            {
                waiter = _waiters.First?.Value;
                if (waiter is null)
                {
                    bool fits = !_closed && _messages.Count < capacity;
                    if (fits)
                    {
                        _messages.Enqueue(message);
                    }
                    return fits;
                }
                _waiters.RemoveFirst();
            }
            if (waiter.TryAnswer(message))
            {
                return true;
            }
            // That one gave up just now; the next in line gets it.
        }
    }

    private bool TakeWatch(IInternalActorRef watchee, out object? instead)
    {
        lock (_gate)
        {
            return _watching.Remove(watchee, out instead);
        }
    }
}
