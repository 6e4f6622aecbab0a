namespace ActorP2P.Simulation;

/// <summary>Which events of a run are shown.</summary>
public sealed record ReplayFilter
{
    /// <summary>The node; null for all nodes.</summary>
    public string? Node { get; init; }

    /// <summary>The first virtual time that is shown.</summary>
    public TimeSpan From { get; init; }

    /// <summary>The last virtual time that is shown.</summary>
    public TimeSpan To { get; init; } = TimeSpan.MaxValue;
}
