namespace ActorP2P.Simulation;

/// <summary>The random traffic between the nodes of a cluster.</summary>
public sealed record TrafficSettings
{
    /// <summary>The mean pause between two messages of a node.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest payload in bytes, drawn for one message in ten; above 64 KiB it is fragmented.</summary>
    public int LargeBytes { get; init; } = 100_000;

    /// <summary>The longest payload of the other messages, in bytes.</summary>
    public int SmallBytes { get; init; } = 300;

    /// <summary>
    /// How long an ask waits. It is longer than a dead link can live, so an answer that does not arrive in time is
    /// lost.
    /// </summary>
    public TimeSpan AskTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
