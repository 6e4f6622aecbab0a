namespace ActorP2P.Simulation;

/// <summary>What a simulation over a cluster came to.</summary>
/// <param name="Seeds">Seeds that were run.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Redone">Seeds that were run again because their member was lost, as far as this process knows.</param>
/// <param name="Results">The results by seed, where the coordinator was at the end; empty elsewhere.</param>
public sealed record ClusterRunReport(int Seeds, int Failed, int Redone, IReadOnlyList<ScenarioResult> Results);
