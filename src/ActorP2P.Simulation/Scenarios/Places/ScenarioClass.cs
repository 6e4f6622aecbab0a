namespace ActorP2P.Simulation;

/// <summary>Nodes with the same line to the network.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Share">Its share of the nodes whose group has no class: 0 to 1.</param>
/// <param name="Up">The bytes per second that all connections of a node send together; null for no limit.</param>
/// <param name="Down">The bytes per second that they receive together; null for no limit.</param>
internal sealed record ScenarioClass(string Name, double Share, long? Up, long? Down);
