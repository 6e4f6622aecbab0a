namespace ActorP2P.Simulation;

/// <summary>One thing on its way to an end of a simulated connection.</summary>
/// <param name="To">The end it goes to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Bytes of data, in an array that may be longer.</param>
/// <param name="Count">How many bytes of data, or by how much the window grows.</param>
internal readonly record struct SimulatedSegment(
    SimulatedConnection To, SimulatedSegmentKind Kind, byte[]? Bytes = null, int Count = 0);
