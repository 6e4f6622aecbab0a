namespace ActorP2P;

/// <summary>The actors that the facade talks to.</summary>
internal sealed record NodeActors(IActorRef Manager, IActorRef Tracker, IActorRef Broadcaster);
