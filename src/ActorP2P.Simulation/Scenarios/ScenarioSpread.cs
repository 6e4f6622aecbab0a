namespace ActorP2P.Simulation;

/// <summary>
/// How one world is spread over the members of a cluster. A scenario that has this is run by its timeline alone, in one
/// process too, so that its trace does not depend on the number of members.
/// </summary>
public sealed record ScenarioSpread
{
    /// <summary>The number of members that the coordinator waits for. In one process it does not matter.</summary>
    public int Members { get; init; } = 2;

    /// <summary>
    /// Whether the members that are left run the world again from its start when one is lost. Otherwise the run fails.
    /// </summary>
    public bool IsRunAgain { get; init; }
}
