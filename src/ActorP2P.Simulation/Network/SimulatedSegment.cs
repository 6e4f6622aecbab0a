namespace ActorP2P.Simulation;

/// <summary>
/// A segment on its way to an end of a simulated connection. It is a value, because the end may be in another process.
/// </summary>
/// <param name="To">The number of the end that it goes to.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Bytes">The data, in an array that may be longer.</param>
/// <param name="Count">The bytes of data, or the bytes by which the window grows.</param>
/// <param name="Connect">What packets of a connect carry; null for others.</param>
internal readonly record struct SimulatedSegment(
    long To, SimulatedSegmentKind Kind, byte[]? Bytes = null, int Count = 0, SimulatedConnect? Connect = null)
{
    /// <summary>The number of the end that it comes from.</summary>
    public long From => To ^ 1;
}
