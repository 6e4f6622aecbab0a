namespace ActorP2P.Actors;

/// <summary>A failure of one child concerns all of them.</summary>
public sealed class AllForOneStrategy : SupervisorStrategy
{
    /// <summary>Restarts at most so many times within a time range; null means without limit.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries, withinTimeRange, new LocalOnlyDecider(localOnlyDecider))
    {
    }

    /// <summary>Restarts at most so many times within a time range; null means without limit.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : base(maxNrOfRetries, withinTimeRange, decider, loggingEnabled: true)
    {
    }

    /// <summary>Restarts without limit.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(null, null, localOnlyDecider)
    {
    }

    private protected override void Restart(ActorCell supervisor, ChildStats failed, Exception cause)
    {
        ChildStats[] all = supervisor.AllChildStats();
        TimeSpan now = supervisor.System.Scheduler.MonotonicClock;
        if (!Array.TrueForAll(all, child => child.MayRestart(MaxRetries, Window, now)))
        {
            StopFailed(supervisor, failed);
            return;
        }
        foreach (ChildStats child in all)
        {
            if (child != failed)
            {
                child.Child.SendSystem(new SuspendMessage());
            }
            child.Child.SendSystem(new RecreateMessage(cause));
        }
    }

    private protected override void StopFailed(ActorCell supervisor, ChildStats failed)
    {
        foreach (ChildStats child in supervisor.AllChildStats())
        {
            supervisor.Stop(child.Child);
        }
    }
}
