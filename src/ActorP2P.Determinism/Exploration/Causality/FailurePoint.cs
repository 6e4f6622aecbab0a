namespace ActorP2P.Determinism;

/// <summary>
/// Where a run failed. What it did afterwards, such as its shutdown, is no part of what led to the failure.
/// </summary>
internal sealed record FailurePoint
{
    /// <summary>
    /// The event at which it failed; null when the driving program failed before it had learned of anything.
    /// </summary>
    public required CausalEvent? At { get; init; }

    /// <summary>What each actor had done last.</summary>
    public required IReadOnlyList<CausalEvent> Ends { get; init; }

    /// <summary>How many events had been sent.</summary>
    public required int Sent { get; init; }

    /// <summary>How many events had been handled.</summary>
    public required int Handled { get; init; }

    /// <summary>The virtual time.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Whether the driving program failed, not an actor.</summary>
    public required bool IsOfProgram { get; init; }

    /// <summary>Whether the driving program had waited for something that did not come.</summary>
    public required bool IsInVain { get; init; }
}
