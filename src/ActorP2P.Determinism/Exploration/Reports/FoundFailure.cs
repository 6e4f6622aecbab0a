namespace ActorP2P.Determinism;

/// <summary>The failures of one cause.</summary>
/// <param name="first">The run of the first schedule that failed so.</param>
internal sealed class FoundFailure(Played first)
{
    public Played First => first;

    /// <summary>How many schedules failed so.</summary>
    public int Count { get; set; } = 1;
}
