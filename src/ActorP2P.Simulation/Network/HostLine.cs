namespace ActorP2P.Simulation;

/// <summary>A host's line to the network.</summary>
/// <param name="Up">The bytes per second that all its connections send together; null for no limit.</param>
/// <param name="Down">The bytes per second that they receive together; null for no limit.</param>
internal readonly record struct HostLine(long? Up, long? Down);
