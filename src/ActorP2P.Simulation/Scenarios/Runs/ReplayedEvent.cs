namespace ActorP2P.Simulation;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">Virtual time.</param>
/// <param name="Node">The node at which it happened; for a frame, the node that sent it.</param>
/// <param name="Text">What happened: a frame, an event of the node or of the network, or an entry of its log.</param>
public sealed record ReplayedEvent(TimeSpan At, string Node, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{At:c}  {Node}  {Text}";
}
