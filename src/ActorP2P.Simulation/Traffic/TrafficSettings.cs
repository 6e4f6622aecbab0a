namespace ActorP2P.Simulation;

/// <summary>How much the nodes of a cluster say to each other by themselves.</summary>
public sealed record TrafficSettings
{
    /// <summary>The mean pause between two messages of a node.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest payload in bytes, drawn for one message in ten; above 64 KiB it is fragmented.</summary>
    public int LargeBytes { get; init; } = 100_000;

    /// <summary>The longest payload of the others.</summary>
    public int SmallBytes { get; init; } = 300;

    /// <summary>
    /// How long an ask waits. Longer than a dead link can live, so that no answer in time means that an answer was lost.
    /// </summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
