#if AKKA_ENGINE
namespace ActorP2P;

/// <summary>Sends that spare a hop where the engine can; on Akka.NET they are sends.</summary>
internal static class TurnChain
{
    /// <summary>Sends.</summary>
    public static void TellNext(this IActorRef receiver, object message) => receiver.Tell(message, ActorRefs.NoSender);

    /// <summary>Sends.</summary>
    public static void TellHere(this IActorRef receiver, object message) => receiver.Tell(message, ActorRefs.NoSender);

    /// <summary>Sends.</summary>
    public static void TellAlone(this IActorRef receiver, object message) => receiver.Tell(message, ActorRefs.NoSender);

    /// <summary>Sends.</summary>
    public static void TellLater(this IActorRef receiver, object message) => receiver.Tell(message, ActorRefs.NoSender);

    /// <summary>There is nothing put off.</summary>
    public static void Continue()
    {
    }
}
#endif
