namespace ActorP2P;

/// <summary>What a node has from its start on.</summary>
/// <param name="Context">What its actors share.</param>
/// <param name="Promises">Its start, and its end.</param>
/// <param name="ActorSystem">Where it lives.</param>
/// <param name="OwnsSystem">Whether the system ends with it.</param>
internal sealed record NodeParts(NodeContext Context, ManagerPromises Promises, ActorSystem ActorSystem, bool OwnsSystem);
