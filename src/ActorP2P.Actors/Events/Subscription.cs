namespace ActorP2P.Actors;

internal sealed record Subscription(IActorRef Subscriber, Type Channel);
