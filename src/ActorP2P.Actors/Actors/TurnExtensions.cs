namespace ActorP2P.Actors;

/// <summary>The engine's part of the seam that makes I/O callbacks cheap.</summary>
internal static class TurnExtensions
{
    /// <summary>
    /// Sends, and where the actor is idle and no actor runs on this thread runs its turn here, which spares a hop over the
    /// thread pool. The turn is bounded like any other; in a simulation, and for every other kind of reference, it is a Tell.
    /// </summary>
    public static void TellAndRun(this IActorRef receiver, object message, IActorRef? sender)
    {
        if (receiver is LocalActorRef local)
        {
            local.TellAndRun(message, sender);
        }
        else
        {
            receiver.Tell(message, sender);
        }
    }
}
