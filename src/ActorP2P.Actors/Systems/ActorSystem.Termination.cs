namespace ActorP2P.Actors;

/// <content>The end of the system.</content>
public sealed partial class ActorSystem
{
    private readonly Lock _hooksGate = new();
    private List<Action>? _terminationHooks = [];
    private long _deadLetterCount;

    /// <summary>How many messages found no living recipient since the start; ours.</summary>
    public long DeadLetterCount => Interlocked.Read(ref _deadLetterCount);

    /// <summary>Stops all actors, the user's before the system's. The task completes when all have stopped.</summary>
    public Task Terminate()
    {
        StopGuardians();
        return WhenTerminated;
    }

    /// <summary>Runs code when the system has terminated.</summary>
    /// <exception cref="InvalidOperationException">It has terminated already.</exception>
    public void RegisterOnTermination(Action code)
    {
        lock (_hooksGate)
        {
            if (_terminationHooks is null)
            {
                throw new InvalidOperationException("The actor system has terminated already.");
            }
            _terminationHooks.Add(code);
        }
    }

    internal void CountDeadLetter() => Interlocked.Increment(ref _deadLetterCount);

    internal void StopGuardians() => UserGuardian.SendSystem(new TerminateMessage());

    /// <summary>A guardian escalated: nobody above can decide, so the system ends rather than run without its top.</summary>
    internal void GuardianFailed(IInternalActorRef guardian, Exception cause)
    {
        EventStream.Publish(new Error(cause, guardian.Path.ToString(), typeof(ActorSystem), "A guardian failed; the system ends"));
        guardian.SendSystem(new TerminateMessage());
    }

    internal void GuardianStopped(IInternalActorRef guardian)
    {
        if (guardian == UserGuardian)
        {
            SystemGuardian.SendSystem(new TerminateMessage());
            return;
        }
        Scheduler close = (Scheduler)Scheduler;
        close.Close();
        List<Action> hooks;
        lock (_hooksGate)
        {
            hooks = _terminationHooks ?? [];
            _terminationHooks = null;
        }
        for (int last = hooks.Count - 1; last >= 0; last--)
        {
            RunHook(hooks[last]);
        }
        _deadlines?.Dispose();
        Dispatchers.Shutdown();
        if (Node is not null)
        {
            Node.Post(() => _terminated.TrySetResult());
        }
        else
        {
            _terminated.TrySetResult();
        }
    }

    private void RunHook(Action hook)
    {
        try
        {
            hook();
        }
        catch (Exception cause)
        {
            EventStream.Publish(new Error(cause, ToString(), typeof(ActorSystem), "A termination hook threw"));
        }
    }
}
