namespace ActorP2P.Actors;

/// <summary>Stops actors and waits for their end.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends a PoisonPill; true once the actor has stopped, cancelled when it has not in time.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends a stop message of the caller's choice; true once the actor has stopped.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var internalTarget = (IInternalActorRef)target;
        var promise = new StopPromise(internalTarget.System, internalTarget);
        promise.Start(timeout);
        target.Tell(stopMessage, ActorRefs.NoSender);
        return promise.Stopped;
    }
}
