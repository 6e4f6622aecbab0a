namespace ActorP2P.Actors;

/// <summary>Sends that take their sender from the actor that is running on this thread.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends with the running actor as sender; outside of any actor the sender is dead letters.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.CurrentSelf);

    /// <summary>Sends on with the sender of the message being handled, so that replies go past this actor.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.CurrentSender);
}
