#if !AKKA_ENGINE
namespace ActorP2P;

/// <summary>Sends that spare a hop: where the receiver is idle its turn runs on this thread. Between the node's own actors only.</summary>
internal static class TurnChain
{
    /// <summary>From outside of actors: sends, and runs the turn here, and one that comes of it.</summary>
    public static void TellHere(this IActorRef receiver, object message) => receiver.TellAndRun(message, ActorRefs.NoSender);

    /// <summary>The same on a thread that has to begin the next receive before anything else, and then calls <see cref="Continue"/>.</summary>
    public static void TellAlone(this IActorRef receiver, object message) => receiver.TellAndRunAlone(message, ActorRefs.NoSender);

    /// <summary>From within a turn, by code that never waits for the outcome: the receiver's turn runs behind this one.</summary>
    public static void TellNext(this IActorRef receiver, object message) =>
        TurnExtensions.TellNext(receiver, message, ActorRefs.NoSender);

    /// <summary>Sends, and lets the receiver's turn wait behind the work that the pool has already.</summary>
    public static void TellLater(this IActorRef receiver, object message) =>
        TurnExtensions.TellLater(receiver, message, ActorRefs.NoSender);

    /// <summary>Runs what this thread has put off.</summary>
    public static void Continue() => TurnExtensions.RunNextTurn();
}
#endif
