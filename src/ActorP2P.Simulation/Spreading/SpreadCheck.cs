namespace ActorP2P.Simulation;

/// <summary>Refuses what cannot be spread over several members.</summary>
internal static class SpreadCheck
{
    /// <exception cref="ScenarioException">The scenario is spread and has something that cannot be.</exception>
    public static void Require(Scenario scenario)
    {
        if (scenario.Spread is null)
        {
            return;
        }

        if (scenario.Classes.Count > 0)
        {
            throw Cannot("network.classes", "all connections of a node share its line, whichever member has them");
        }

        if (scenario.Checkers.Count > 0)
        {
            throw Cannot("a checker of your own", "it would see the nodes of one member only");
        }

        if (scenario.Members.Groups.FirstOrDefault(static group => group.Application is not null) is { } group)
        {
            throw Cannot(
                $"the application '{group.Application}' of the group {group.Name}",
                "it can use all nodes, and a member has only its own");
        }
    }

    private static ScenarioException Cannot(string what, string because) =>
        new($"A scenario with simulation.spread cannot have {what}: {because}.");
}
