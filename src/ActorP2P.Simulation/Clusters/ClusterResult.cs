namespace ActorP2P.Simulation;

/// <summary>The result of a run that did not fail.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="VirtualTime">The virtual time that it took.</param>
/// <param name="Frames">The frames that were sent.</param>
/// <param name="TraceHash">All events combined into one number, which is equal for equal runs.</param>
public sealed record ClusterResult(ulong Seed, TimeSpan VirtualTime, long Frames, ulong TraceHash);
