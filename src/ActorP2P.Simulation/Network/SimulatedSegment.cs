namespace ActorP2P.Simulation;

/// <summary>A segment on its way to an end of a simulated connection.</summary>
/// <param name="To">The end that it goes to.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Bytes">
/// The data, in an array of exactly its length, so that waiting data costs no more than that.
/// </param>
/// <param name="Count">The bytes by which the window grows.</param>
internal readonly record struct SimulatedSegment(
    SimulatedConnection To, SimulatedSegmentKind Kind, byte[]? Bytes = null, int Count = 0);
