namespace ActorP2P.Simulation;

/// <summary>The result of a simulation over a cluster.</summary>
/// <param name="Seeds">The seeds that were run.</param>
/// <param name="Failed">How many of the seeds failed.</param>
/// <param name="Redone">
/// The seeds that were run again because their member was lost, as far as this process knows.
/// </param>
/// <param name="Results">
/// The results by seed, in the process that had the coordinator at the end; empty in the others.
/// </param>
public sealed record ClusterRunReport(int Seeds, int Failed, int Redone, IReadOnlyList<ScenarioResult> Results);
