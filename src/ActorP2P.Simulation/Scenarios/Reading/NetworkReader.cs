namespace ActorP2P.Simulation;

/// <summary>Reads the network of a scenario: the conditions of links, the regions, and the classes of nodes.</summary>
internal static class NetworkReader
{
    // A text such as 33.3% has few digits.
    private const double Rounding = 0.005;

    public static LinkConditions Conditions(ScenarioSection section)
    {
        LinkConditions defaults = new();
        LinkConditions read = new()
        {
            Latency = section.Time("latency", defaults.Latency, LinkConditions.LeastLatency),
            Jitter = section.Time("jitter", defaults.Jitter, TimeSpan.Zero),
            BytesPerSecond = section.SizeOrNone("bytes-per-second"),
            Loss = section.Share("loss", defaults.Loss),
            RetransmitAfter = section.Time("retransmit-after", defaults.RetransmitAfter, TimeSpan.FromMilliseconds(1)),
            Resets = section.Share("resets", defaults.Resets),
            Refusals = section.Share("refusals", defaults.Refusals),
            SlowStart = section.OneOf("slow-start", "off", "off", "on") == "on",
        };
        try
        {
            return read.Validated();
        }
        catch (ArgumentException wrong)
        {
            throw section.Error($"{section.Path}: {wrong.Message}", inner: wrong);
        }
    }

    public static IReadOnlyList<ScenarioRegion> Regions(ScenarioSection network, ScenarioNodes nodes)
    {
        List<ScenarioRegion> regions = [];
        string[] names = [.. network.Sections("regions").Select(static region => region.Name)];
        foreach ((string name, ScenarioSection section) in network.Sections("regions"))
        {
            ScenarioSection latency = section.Section("latency");
            SortedDictionary<string, TimeSpan> latencies = new(StringComparer.Ordinal);
            foreach (string to in latency.Names.ToArray())
            {
                latencies[to] = names.Contains(to)
                    ? latency.Time(to, default, LinkConditions.LeastLatency)
                    : throw latency.Error(
                        $"{latency.Path}.{to} is no region; allowed: {string.Join(", ", names)}", to);
            }

            regions.Add(new ScenarioRegion(name, Share(section, names.Length), latencies));
            section.End();
        }

        RequireWhole(network, "regions", regions.Select(static region => region.Share));
        RequireKnown(network, "regions", names, nodes, static group => group.Region);
        return regions;
    }

    public static IReadOnlyList<ScenarioClass> Classes(ScenarioSection network, ScenarioNodes nodes)
    {
        List<ScenarioClass> classes = [];
        (string Name, ScenarioSection Section)[] all = [.. network.Sections("classes")];
        foreach ((string name, ScenarioSection section) in all)
        {
            classes.Add(new ScenarioClass(
                name, Share(section, all.Length), section.SizeOrNone("up"), section.SizeOrNone("down")));
            section.End();
        }

        RequireWhole(network, "classes", classes.Select(static one => one.Share));
        RequireKnown(network, "classes", [.. all.Select(static one => one.Name)], nodes, static group => group.Class);
        return classes;
    }

    private static double Share(ScenarioSection section, int parts) => section.Share("share", 1.0 / parts);

    private static void RequireWhole(ScenarioSection network, string key, IEnumerable<double> shares)
    {
        double[] all = [.. shares];
        if (all.Length > 0 && Math.Abs(all.Sum() - 1) > Rounding)
        {
            throw network.Refuse(key, $"{all.Sum() * 100:0.#}% in all", "shares that are 100% in all");
        }
    }

    private static void RequireKnown(
        ScenarioSection network, string key, string[] names, ScenarioNodes nodes, Func<ScenarioGroup, string?> named)
    {
        foreach (ScenarioGroup group in nodes.Groups)
        {
            if (named(group) is { } name && !names.Contains(name))
            {
                throw network.ErrorAt(
                    $"simulation.groups.{group.Name}",
                    $"The group {group.Name} names '{name}', which {network.Path}.{key} does not have; "
                    + $"allowed: {string.Join(", ", names)}");
            }
        }
    }
}
