namespace ActorP2P.Simulation;

/// <summary>One thing on its way to an end of a simulated connection.</summary>
/// <param name="To">The end it goes to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Bytes of data, in an array of just their length: what is on its way costs what it is.</param>
/// <param name="Count">By how much the window grows.</param>
internal readonly record struct SimulatedSegment(
    SimulatedConnection To, SimulatedSegmentKind Kind, byte[]? Bytes = null, int Count = 0);
