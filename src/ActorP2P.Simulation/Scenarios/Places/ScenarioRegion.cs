namespace ActorP2P.Simulation;

/// <summary>A part of the world in a scenario.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Share">Its share of the nodes whose group has no region: 0 to 1.</param>
/// <param name="Latencies">The time one way to regions, by name.</param>
internal sealed record ScenarioRegion(string Name, double Share, IReadOnlyDictionary<string, TimeSpan> Latencies);
