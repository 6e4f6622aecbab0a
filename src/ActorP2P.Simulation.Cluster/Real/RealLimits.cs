namespace ActorP2P.Simulation;

/// <summary>What a run with real nodes cannot do: what is refused, and what has no effect.</summary>
public static class RealLimits
{
    /// <summary>The most nodes that a process runs. Each has an actor system and sockets of its own.</summary>
    public const int MostNodes = 1_000;

    private static readonly string[] s_possible = ["kill", "restart", "join", "churn", "heal"];

    /// <summary>The keys of a scenario that have no effect on real nodes.</summary>
    public static IReadOnlyList<string> Ignored(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        LinkConditions usual = new();
        LinkConditions asked = scenario.Network;
        (string Key, bool IsGiven)[] keys =
        [
            ("network.latency", asked.Latency != usual.Latency),
            ("network.jitter", asked.Jitter != usual.Jitter),
            ("network.bytes-per-second", asked.BytesPerSecond is not null),
            ("network.loss", asked.Loss != usual.Loss),
            ("network.retransmit-after", asked.RetransmitAfter != usual.RetransmitAfter),
            ("network.resets", asked.Resets != usual.Resets),
            ("network.refusals", asked.Refusals != usual.Refusals),
            ("network.slow-start", asked.SlowStart != usual.SlowStart),
            ("network.regions", scenario.Regions.Count > 0),
            ("network.classes", scenario.Classes.Count > 0),
            .. scenario.Timeline.Where(static entry => entry.Kind == "heal")
                .Select(static entry => ($"timeline.{entry.Name}.heal", true)),
        ];
        return [.. keys.Where(static key => key.IsGiven).Select(static key => key.Key)];
    }

    /// <summary>Refuses a scenario that real nodes cannot run.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="members">The number of processes that share its nodes.</param>
    /// <exception cref="ScenarioException">It is refused; the message names the keys.</exception>
    public static void Check(Scenario scenario, int members = 1)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        string[] impossible =
        [
            .. scenario.Timeline.Where(static entry => !s_possible.Contains(entry.Kind))
                .Select(static entry => $"timeline.{entry.Name}.{entry.Kind}"),
            .. scenario.Timeline.Where(static entry => entry.IsHostDeath)
                .Select(static entry => $"timeline.{entry.Name}.death = host"),
            .. scenario.Members.Groups.Where(static group => group.Application is not null)
                .Select(static group => $"groups.{group.Name}.application"),
        ];
        if (impossible.Length > 0)
        {
            throw new ScenarioException(
                $"Real nodes cannot do this: {string.Join(", ", impossible)}. Allowed in the timeline: "
                + $"{string.Join(", ", s_possible)}, without the death of a host.");
        }

        if (scenario.Nodes > MostNodes * members)
        {
            throw new ScenarioException(
                $"{scenario.Nodes} real nodes are too many for {members} processes; allowed: {MostNodes} in each.");
        }
    }
}
