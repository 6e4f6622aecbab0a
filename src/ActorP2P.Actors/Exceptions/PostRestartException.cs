namespace ActorP2P.Actors;

/// <summary>An actor failed while it was being restarted.</summary>
public sealed class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, "Exception during restart", cause)
{
    /// <summary>The failure that the restart was to heal.</summary>
    public Exception OriginalCause { get; } = originalCause;
}
