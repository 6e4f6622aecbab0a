namespace ActorP2P.Protocol;

/// <summary>The bounds of a lookup.</summary>
internal sealed record LookupSettings
{
    /// <summary>Paths that share no node.</summary>
    public int Paths { get; init; } = DhtLimits.Paths;

    /// <summary>Questions of one path that are open at a time.</summary>
    public int Parallel { get; init; } = DhtLimits.Parallel;

    /// <summary>
    /// Questions of the whole lookup. A lookup asks the closest nodes and those on the way to them; this leaves as many
    /// again for nodes that do not answer.
    /// </summary>
    public int MaxQueries { get; init; } = 6 * DhtLimits.Closest;

    /// <summary>
    /// Questions in a row, each to a node that the one before has named. A hop halves the distance at least, so these
    /// suffice for a million nodes.
    /// </summary>
    public int MaxHops { get; init; } = 20;

    /// <summary>The time for one question, with its connection.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The time for all.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
