namespace ActorP2P.Simulation;

/// <summary>One thing that a run with real nodes does at a time.</summary>
/// <param name="At">The time since the start.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Node">The number of the node that it concerns, or that sends.</param>
/// <param name="Work">The workload of a message; null for all else.</param>
/// <param name="Other">The number of the node that gets the message; null: any peer, or all.</param>
/// <param name="Number">The number of the message: broadcasts have one row of numbers, all else another one.</param>
/// <param name="Bytes">The bytes of the message.</param>
internal sealed record RealStep(
    TimeSpan At, RealStepKind Kind, int Node, Workload? Work = null, int? Other = null, int Number = 0, int Bytes = 0);
