namespace ActorP2P.Benchmarks;

/// <summary>A period in which a fault disturbed a node. Failures within it are expected.</summary>
/// <param name="Fault">The kind of fault.</param>
/// <param name="Node">The number of the disturbed node.</param>
/// <param name="From">The start of the period, in milliseconds since the machine started.</param>
/// <param name="To">The end of the period, in milliseconds since the machine started.</param>
internal sealed record FaultSpan(ChaosFault Fault, int Node, long From, long To)
{
    /// <summary>The length of the overlap with another period, in milliseconds.</summary>
    public long Overlap(long from, long to) => Math.Max(0, Math.Min(To, to) - Math.Max(From, from));
}
