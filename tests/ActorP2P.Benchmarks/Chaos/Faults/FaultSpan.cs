namespace ActorP2P.Benchmarks;

/// <summary>When a fault disturbed a node, so that what failed then did so with reason.</summary>
/// <param name="Fault">Which.</param>
/// <param name="Node">The node.</param>
/// <param name="From">When it began, in milliseconds since the machine started.</param>
/// <param name="To">When it was over.</param>
internal sealed record FaultSpan(ChaosFault Fault, int Node, long From, long To)
{
    /// <summary>How much of a span of time it covers, in milliseconds.</summary>
    public long Overlap(long from, long to) => Math.Max(0, Math.Min(To, to) - Math.Max(From, from));
}
