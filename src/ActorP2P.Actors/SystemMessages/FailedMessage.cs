namespace ActorP2P.Actors;

/// <summary>A child tells its parent that it failed and waits, suspended, for the verdict.</summary>
internal sealed class FailedMessage(IInternalActorRef child, Exception cause) : SystemMessage
{
    public IInternalActorRef Child { get; } = child;

    public Exception Cause { get; } = cause;
}
