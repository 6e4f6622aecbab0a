namespace ActorP2P;

/// <summary>The parts that a node has from its start on.</summary>
/// <param name="Context">What its actors share.</param>
/// <param name="Promises">The promises of its start and its end.</param>
/// <param name="ActorSystem">The actor system that it runs in.</param>
/// <param name="OwnsSystem">Whether the actor system is terminated when the node stops.</param>
internal sealed record NodeParts(
    NodeContext Context, ManagerPromises Promises, ActorSystem ActorSystem, bool OwnsSystem);
