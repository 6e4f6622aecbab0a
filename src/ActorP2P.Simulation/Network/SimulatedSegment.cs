namespace ActorP2P.Simulation;

/// <summary>A segment on its way to an end of a simulated connection.</summary>
/// <param name="To">The end that it goes to.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Bytes">The data, in an array that may be longer.</param>
/// <param name="Count">The bytes of data, or the bytes by which the window grows.</param>
internal readonly record struct SimulatedSegment(
    SimulatedConnection To, SimulatedSegmentKind Kind, byte[]? Bytes = null, int Count = 0);
