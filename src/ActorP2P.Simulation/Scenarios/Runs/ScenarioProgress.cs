namespace ActorP2P.Simulation;

/// <summary>How far a run has come. The figures are read while it runs, so they may differ by a step.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="VirtualTime">Virtual time since the start.</param>
/// <param name="Duration">How long the nodes run in virtual time; at the end they recover and stop.</param>
/// <param name="Elapsed">Real time since the start.</param>
/// <param name="Steps">The steps of nodes so far.</param>
/// <param name="NodesUp">The nodes that run.</param>
public sealed record ScenarioProgress(
    ulong Seed, TimeSpan VirtualTime, TimeSpan Duration, TimeSpan Elapsed, long Steps, int NodesUp);
