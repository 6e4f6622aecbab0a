namespace ActorP2P.Actors;

/// <summary>What few actors ever need, apart from their cells and made on first use: most actors are idle, and there may be millions.</summary>
internal sealed class CellExtras
{
    public Stack<Receive?>? BehaviorStack;
    public TimerScheduler? Timers;
    public Stash? Stash;
    public ReceiveTimeoutClock? ReceiveTimeout;

    /// <summary>Whom the actor watches, with the message that comes instead of a Terminated.</summary>
    public Dictionary<IInternalActorRef, object?>? Watching;

    /// <summary>Who watches the actor; a Dictionary, because it lists its entries in the order of the calls.</summary>
    public Dictionary<IInternalActorRef, bool>? WatchedBy;

    /// <summary>Whose end lies in the mailbox, not handled yet.</summary>
    public Dictionary<IInternalActorRef, object?>? TerminatedQueued;

    /// <summary>Whose failure the actor waits for a verdict about: itself, or a child it passes on.</summary>
    public IInternalActorRef? Perpetrator;

    public object? FailedOn;
    public SupervisorStrategy? Strategy;
}
