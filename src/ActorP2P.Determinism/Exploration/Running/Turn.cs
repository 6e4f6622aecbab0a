namespace ActorP2P.Determinism;

/// <summary>Work of an explored node that is ready.</summary>
/// <param name="Item">The work.</param>
/// <param name="Lane">Whose work it is.</param>
/// <param name="IsMailbox">Whether it handles messages; false: a continuation.</param>
/// <param name="Ordinal">Its number among those of the lane and sort.</param>
/// <param name="Since">The step at which it became ready.</param>
/// <param name="Cause">What queued a continuation.</param>
internal sealed record Turn(ReadyItem Item, Lane Lane, bool IsMailbox, int Ordinal, int Since, CausalEvent? Cause)
{
    /// <summary>The decision by how much it is postponed.</summary>
    public DecisionKey Key { get; } = new(DecisionKind.Turn, IsMailbox ? Lane.Name : Lane.ContinuationName, Ordinal);

    /// <summary>The type of the message that it would handle; null when it would handle none.</summary>
    public Type? MessageType => IsMailbox && Lane.Pending.Count > 0 ? Lane.Pending[0].Message?.GetType() : null;
}
