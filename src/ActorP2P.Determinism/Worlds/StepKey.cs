namespace ActorP2P.Determinism;

/// <summary>Which step of a partition it is. The order is that of the steps in a world on one thread.</summary>
/// <param name="At">The virtual time.</param>
/// <param name="IsEvent">Whether an event began it; false: what a node had left to do.</param>
/// <param name="Node">The node's key.</param>
internal readonly record struct StepKey(TimeSpan At, bool IsEvent, int Node) : IComparable<StepKey>
{
    /// <inheritdoc/>
    public int CompareTo(StepKey other)
    {
        int order = At.CompareTo(other.At);
        order = order != 0 ? order : IsEvent.CompareTo(other.IsEvent);
        return order != 0 ? order : Node.CompareTo(other.Node);
    }
}
