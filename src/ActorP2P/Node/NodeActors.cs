namespace ActorP2P;

/// <summary>The actors that the facade sends messages to.</summary>
/// <param name="Manager">The top actor.</param>
/// <param name="Tracker">The one of asks.</param>
/// <param name="Broadcaster">The one of broadcasts.</param>
/// <param name="Dht">The one of the distributed hash table; nobody when the node takes no part in it.</param>
internal sealed record NodeActors(IActorRef Manager, IActorRef Tracker, IActorRef Broadcaster, IActorRef Dht);
