namespace ActorP2P.Simulation;

/// <summary>
/// Which part of a world has which node. Parts are cut along regions when whole regions can be shared out evenly
/// enough, because the latency between regions allows long windows; otherwise each part has the same number of nodes,
/// in the order of their regions.
/// </summary>
internal sealed class WorldCut
{
    // A part must have at least this share of an equal one.
    private const double LeastShare = 0.6;

    private readonly int[] _partOf;

    private WorldCut(int[] partOf, int parts, TimeSpan lookAhead)
    {
        _partOf = partOf;
        Parts = parts;
        LookAhead = lookAhead;
    }

    public int Parts { get; }

    /// <summary>The least latency between nodes of different parts.</summary>
    public TimeSpan LookAhead { get; }

    public int PartOf(int node) => _partOf[node];

    /// <exception cref="ScenarioException">There are fewer nodes than parts.</exception>
    public static WorldCut Of(Scenario scenario, ScenarioPlan? plan, int parts)
    {
        int count = scenario.Members.Names.Count;
        if (parts > count)
        {
            throw new ScenarioException($"A world of {count} nodes cannot be spread over {parts} members.");
        }

        ILookup<int, int> regions = Enumerable.Range(0, count).ToLookup(node => plan?.RegionOf(node) ?? 0);
        int[] partOf = ByRegions(regions, count, parts) ?? Evenly(regions, count, parts);
        return new WorldCut(partOf, parts, Least(scenario, plan, regions, partOf));
    }

    /// <summary>The least latency between any two nodes. It does not depend on the parts.</summary>
    public static TimeSpan LeastLatency(Scenario scenario) => scenario.Regions.Count == 0
        ? scenario.Network.Latency
        : scenario.Regions.Min(one => scenario.Regions.Min(
            other => ScenarioPlan.Latency(one, other) ?? scenario.Network.Latency));

    private static int[]? ByRegions(ILookup<int, int> regions, int count, int parts)
    {
        int[] sizes = new int[parts];
        int[] partOf = new int[count];
        foreach (IGrouping<int, int> region in regions.OrderByDescending(static region => region.Count())
            .ThenBy(static region => region.Key))
        {
            int smallest = Array.IndexOf(sizes, sizes.Min());
            foreach (int node in region)
            {
                partOf[node] = smallest;
                sizes[smallest]++;
            }
        }

        return sizes.Min() >= LeastShare * count / parts ? partOf : null;
    }

    private static int[] Evenly(ILookup<int, int> regions, int count, int parts)
    {
        int[] partOf = new int[count];
        int place = 0;
        foreach (int node in regions.OrderBy(static region => region.Key).SelectMany(static region => region))
        {
            partOf[node] = (int)((long)place++ * parts / count);
        }

        return partOf;
    }

    private static TimeSpan Least(Scenario scenario, ScenarioPlan? plan, ILookup<int, int> regions, int[] partOf)
    {
        (int Part, int Node)[] some = [.. regions.SelectMany(region => region.DistinctBy(node => partOf[node]))
            .Select(node => (partOf[node], node))];
        TimeSpan least = TimeSpan.MaxValue;
        foreach ((int part, int node) in some)
        {
            foreach ((int otherPart, int other) in some)
            {
                TimeSpan latency = plan?.Between(node, other).Latency ?? scenario.Network.Latency;
                least = part != otherPart && latency < least ? latency : least;
            }
        }

        return least;
    }
}
