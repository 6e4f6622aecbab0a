namespace ActorP2P.Simulation;

/// <summary>What coordinator and members say to each other; all of it fits one frame of the cluster.</summary>
internal static class ClusterMessages
{
    /// <summary>A member is there.</summary>
    /// <param name="Scenario">The digest of the scenario it has read.</param>
    /// <param name="Version">The library that would run it.</param>
    public sealed record Hello(string Scenario, string Version);

    /// <summary>The coordinator takes a member in.</summary>
    public sealed record Welcome;

    /// <summary>The coordinator does not take a member in.</summary>
    public sealed record Refused(string Reason);

    /// <summary>A member has nothing to do.</summary>
    public sealed record Pull;

    /// <summary>A member is to run a seed.</summary>
    public sealed record RunSeed(ulong Seed);

    /// <summary>A member has run a seed.</summary>
    /// <param name="Seed">Which.</param>
    /// <param name="Result">Its <see cref="ScenarioResult"/> as JSON.</param>
    public sealed record SeedDone(ulong Seed, string Result);

    /// <summary>All seeds are done.</summary>
    public sealed record Finished(int Seeds, int Failed);
}
