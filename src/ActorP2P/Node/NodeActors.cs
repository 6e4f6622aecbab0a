namespace ActorP2P;

/// <summary>The actors that the facade sends messages to.</summary>
internal sealed record NodeActors(IActorRef Manager, IActorRef Tracker, IActorRef Broadcaster);
