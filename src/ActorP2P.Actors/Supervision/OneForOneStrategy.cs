namespace ActorP2P.Actors;

/// <summary>A failure concerns the child that failed and no other.</summary>
public sealed class OneForOneStrategy : SupervisorStrategy
{
    /// <summary>Restarts at most so many times within a time range; null means without limit.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, new LocalOnlyDecider(localOnlyDecider))
    {
    }

    /// <summary>Restarts at most so many times within a time range; null means without limit.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : base(maxNrOfRetries, withinTimeRange, decider, loggingEnabled: true)
    {
    }

    /// <summary>Restarts at most so many times within so many milliseconds; -1 means without limit.</summary>
    public OneForOneStrategy(
        int maxNrOfRetries,
        int withinTimeMilliseconds,
        Func<Exception, Directive> localOnlyDecider,
        bool loggingEnabled = true)
        : base(
            maxNrOfRetries,
            withinTimeMilliseconds < 0 ? null : TimeSpan.FromMilliseconds(withinTimeMilliseconds),
            new LocalOnlyDecider(localOnlyDecider),
            loggingEnabled)
    {
    }

    /// <summary>Restarts without limit.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(null, null, localOnlyDecider)
    {
    }

    /// <summary>Restarts without limit.</summary>
    public OneForOneStrategy(IDecider decider)
        : this(null, null, decider)
    {
    }

    private protected override void Restart(ActorCell supervisor, ChildStats failed, Exception cause)
    {
        if (failed.MayRestart(MaxRetries, Window, supervisor.System.Scheduler.MonotonicClock))
        {
            failed.Child.SendSystem(new RecreateMessage(cause));
        }
        else
        {
            supervisor.Stop(failed.Child);
        }
    }

    private protected override void StopFailed(ActorCell supervisor, ChildStats failed) => supervisor.Stop(failed.Child);
}
