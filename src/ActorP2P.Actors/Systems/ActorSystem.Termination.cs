namespace ActorP2P.Actors;

/// <content>The end of the system.</content>
public sealed partial class ActorSystem
{
    private readonly Lock _hooksGate = new();
    private List<Action>? _terminationHooks = [];
    private long _deadLetterCount;

    /// <summary>How many messages found no living recipient since the start; ours.</summary>
    public long DeadLetterCount => Interlocked.Read(ref _deadLetterCount);

    /// <summary>Runs the coordinated shutdown, which ends with stopping all actors. The task completes when all have stopped.</summary>
    public Task Terminate()
    {
        Node?.CheckThread();
        Shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
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

    /// <summary>Publishes a log event with the system's time. An error that nobody listens to goes to standard error.</summary>
    internal void Publish(LogLevel level, Exception? cause, string source, Type type, object message)
    {
        LogEvent entry = Logging.Event(level, cause, source, type, message, Time.GetUtcNow().UtcDateTime);
        if (level == LogLevel.ErrorLevel && Node is null && !EventStream.HasSubscribers(typeof(Error)))
        {
            Console.Error.WriteLine($"{entry.Timestamp:O} {entry}");
        }
        EventStream.Publish(entry);
    }

    internal void StopGuardians() => UserGuardian.SendSystem(new TerminateMessage());

    /// <summary>A guardian escalated: nobody above can decide, so the system ends rather than run without its top.</summary>
    internal void GuardianFailed(IInternalActorRef guardian, Exception cause)
    {
        Publish(LogLevel.ErrorLevel, cause, guardian.Path.ToString(), typeof(ActorSystem), "A guardian failed; the system ends");
        guardian.SendSystem(new TerminateMessage());
    }

    internal void GuardianStopped(IInternalActorRef guardian)
    {
        if (guardian == UserGuardian)
        {
            SystemGuardian.SendSystem(new TerminateMessage());
            return;
        }
        ((Scheduler)Scheduler).Close();
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
        _watchdog?.Dispose();
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
            Publish(LogLevel.ErrorLevel, cause, ToString(), typeof(ActorSystem), "A termination hook threw");
        }
    }
}
