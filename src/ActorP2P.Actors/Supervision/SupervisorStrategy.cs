namespace ActorP2P.Actors;

/// <summary>What an actor does with children that fail.</summary>
public abstract class SupervisorStrategy
{
    private protected SupervisorStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider, bool loggingEnabled)
    {
        MaxRetries = maxNrOfRetries ?? -1;
        Window = withinTimeRange ?? Timeout.InfiniteTimeSpan;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Stops what cannot be made, was killed or broke a death pact; restarts the rest.</summary>
    public static IDecider DefaultDecider { get; } = Actors.Decider.From(static cause => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    });

    /// <summary>One for one, by the default decider.</summary>
    public static SupervisorStrategy DefaultStrategy { get; } = new OneForOneStrategy(DefaultDecider);

    /// <summary>One for one; every failure stops the child.</summary>
    public static SupervisorStrategy StoppingStrategy { get; } = new OneForOneStrategy(static _ => Directive.Stop);

    /// <summary>Turns exceptions into directives.</summary>
    public IDecider Decider { get; }

    /// <summary>Whether failures are logged.</summary>
    public bool LoggingEnabled { get; }

    /// <summary>How many restarts a child gets per window; -1 for as many as it needs.</summary>
    private protected int MaxRetries { get; }

    /// <summary>The window in which restarts are counted; infinite counts for ever.</summary>
    private protected TimeSpan Window { get; }

    /// <summary>Deals with a failure; false escalates it.</summary>
    internal bool HandleFailure(ActorCell supervisor, ChildStats failed, Exception cause)
    {
        Directive directive = Decider.Decide(cause);
        if (LoggingEnabled)
        {
            SupervisionLog.Write(supervisor.System, failed.Child, cause, directive);
        }
        switch (directive)
        {
            case Directive.Resume:
                failed.Child.SendSystem(new ResumeMessage(cause));
                return true;
            case Directive.Restart:
                Restart(supervisor, failed, cause);
                return true;
            case Directive.Stop:
                StopFailed(supervisor, failed);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Restarts what the strategy restarts for one failure, or stops it when its restarts are used up.</summary>
    private protected abstract void Restart(ActorCell supervisor, ChildStats failed, Exception cause);

    /// <summary>Stops what the strategy stops for one failure.</summary>
    private protected abstract void StopFailed(ActorCell supervisor, ChildStats failed);
}
