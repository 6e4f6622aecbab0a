namespace ActorP2P.Simulation;

/// <summary>A broadcast that was followed.</summary>
/// <param name="At">When it was sent, in virtual time.</param>
/// <param name="Reach">The share of its possible deliveries that happened: 0 to 1.</param>
public sealed record RecordedBroadcast(TimeSpan At, double Reach);
