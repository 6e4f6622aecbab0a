namespace ActorP2P.Simulation;

/// <summary>What a run that did not fail was like.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="VirtualTime">How long it took the nodes.</param>
/// <param name="Frames">Frames that were sent.</param>
/// <param name="TraceHash">All that happened, in one number: equal for equal runs.</param>
public sealed record ClusterResult(ulong Seed, TimeSpan VirtualTime, long Frames, ulong TraceHash);
