namespace ActorP2P.Simulation;

/// <summary>The messages between coordinator and members. Each of them fits in one frame of the cluster.</summary>
internal static class ClusterMessages
{
    /// <summary>A member asks to take part.</summary>
    /// <param name="Scenario">The digest of the scenario that the member has read.</param>
    /// <param name="Version">The version of the library that runs it.</param>
    public sealed record Hello(string Scenario, string Version);

    /// <summary>The coordinator accepts a member.</summary>
    public sealed record Welcome;

    /// <summary>The coordinator does not accept a member.</summary>
    public sealed record Refused(string Reason);

    /// <summary>A member asks for work.</summary>
    public sealed record Pull;

    /// <summary>A member must run a seed.</summary>
    public sealed record RunSeed(ulong Seed);

    /// <summary>A member has run a seed.</summary>
    /// <param name="Seed">The seed.</param>
    /// <param name="Result">The <see cref="ScenarioResult"/> as JSON.</param>
    public sealed record SeedDone(ulong Seed, string Result);

    /// <summary>All seeds are done.</summary>
    public sealed record Finished(int Seeds, int Failed);
}
