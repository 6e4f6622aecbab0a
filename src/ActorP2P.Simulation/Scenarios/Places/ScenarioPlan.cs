namespace ActorP2P.Simulation;

/// <summary>Where the nodes of a run are, and of which class: what a seed draws from the shares of a file.</summary>
internal sealed class ScenarioPlan
{
    private readonly LinkConditions[,] _between;
    private readonly int[] _regionOf;
    private readonly ScenarioClass?[] _classOf;

    public ScenarioPlan(Scenario scenario, Func<string, Random> random)
    {
        ScenarioNodes nodes = scenario.Members;
        _regionOf = Draw(
            nodes, scenario.Regions.Select(static region => (region.Name, region.Share)),
            static group => group.Region, () => random("regions"));
        int[] classes = Draw(
            nodes, scenario.Classes.Select(static one => (one.Name, one.Share)),
            static group => group.Class, () => random("classes"));
        _classOf = [.. classes.Select(number => number < 0 ? null : scenario.Classes[number])];
        _between = Conditions(scenario);
        HasLines = scenario.Classes.Count > 0;
    }

    /// <summary>The conditions from one node to another, by their numbers.</summary>
    public LinkConditions Between(int source, int destination) => _regionOf[source] < 0
        ? _between[0, 0]
        : _between[_regionOf[source], _regionOf[destination]];

    /// <summary>The number of a node's region; -1 without regions.</summary>
    public int RegionOf(int node) => _regionOf[node];

    /// <summary>Whether there are classes, and so lines with a bandwidth.</summary>
    public bool HasLines { get; }

    /// <summary>A node's line to the network. A host that is no node has no limit.</summary>
    public HostLine LineOf(int node) => node < _classOf.Length && _classOf[node] is { } known
        ? new HostLine(known.Up, known.Down)
        : default;

    private static LinkConditions[,] Conditions(Scenario scenario)
    {
        int count = Math.Max(1, scenario.Regions.Count);
        LinkConditions[,] conditions = new LinkConditions[count, count];
        for (int from = 0; from < count; from++)
        {
            for (int to = 0; to < count; to++)
            {
                conditions[from, to] = scenario.Regions.Count == 0
                    ? scenario.Network
                    : scenario.Network with
                    {
                        Latency = Latency(scenario.Regions[from], scenario.Regions[to]) ?? scenario.Network.Latency,
                    };
            }
        }

        return conditions;
    }

    /// <summary>A latency that is given for one direction applies to the other too.</summary>
    public static TimeSpan? Latency(ScenarioRegion from, ScenarioRegion to) =>
        from.Latencies.TryGetValue(to.Name, out TimeSpan there) ? there
        : to.Latencies.TryGetValue(from.Name, out TimeSpan back) ? back
        : null;

    /// <summary>
    /// Gives each node a part: that of its group, or one drawn such that the shares are met as exactly as possible.
    /// </summary>
    private static int[] Draw(
        ScenarioNodes nodes, IEnumerable<(string Name, double Share)> parts, Func<ScenarioGroup, string?> fixedPart,
        Func<Random> random)
    {
        (string Name, double Share)[] all = [.. parts];
        int[] drawn = new int[nodes.Names.Count];
        Array.Fill(drawn, -1);
        if (all.Length == 0)
        {
            return drawn;
        }

        List<int> free = [];
        for (int node = 0; node < drawn.Length; node++)
        {
            drawn[node] = Array.FindIndex(all, part => part.Name == fixedPart(nodes.GroupOf(node)));
            if (drawn[node] < 0)
            {
                free.Add(node);
            }
        }

        int[] shuffled = [.. free];
        random().Shuffle(shuffled);
        double total = 0;
        int given = 0;
        for (int part = 0; part < all.Length; part++)
        {
            total += all[part].Share;
            int upTo = part == all.Length - 1
                ? shuffled.Length
                : (int)Math.Round(total * shuffled.Length, MidpointRounding.AwayFromZero);
            for (; given < upTo; given++)
            {
                drawn[shuffled[given]] = part;
            }
        }

        return drawn;
    }
}
