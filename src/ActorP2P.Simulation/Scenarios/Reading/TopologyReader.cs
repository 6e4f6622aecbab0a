using System.Globalization;

namespace ActorP2P.Simulation;

/// <summary>Reads which node dials which.</summary>
internal static class TopologyReader
{
    private static readonly string[] s_kinds =
        ["line", "ring", "full", "random", "regular", "small-world", "bootstrap", "file", "none"];

    public static Func<Cluster, Cluster> Read(ScenarioSection section, ScenarioNodes nodes, string folder)
    {
        int count = nodes.Names.Count;
        string kind = section.OneOf("kind", "random", s_kinds);
        Func<Cluster, Cluster> link = kind switch
        {
            "line" => static cluster => cluster.InALine(),
            "ring" => static cluster => cluster.InARing(),
            "full" => Full(section, nodes),
            "none" => static cluster => cluster.Unlinked(),
            "regular" => Regular(section, nodes),
            "small-world" => SmallWorld(section, nodes),
            "bootstrap" => Bootstrap(section, nodes),
            "file" => FromFile(section, nodes, folder),
            _ => Random(section.Whole("dials", Math.Clamp(count - 1, 1, 3), 1, Math.Max(1, count - 1))),
        };
        section.End();
        return link;
    }

    /// <summary>The text of the topology's file; empty without one.</summary>
    public static string Content(ScenarioSection section, string folder) => section.Text("kind", "random") == "file"
        ? string.Join('\n', Lines(section, section.Text("file", ""), folder))
        : "";

    private static Func<Cluster, Cluster> Random(int dials) => cluster => cluster.RandomlyLinked(dials);

    private static Func<Cluster, Cluster> Full(ScenarioSection section, ScenarioNodes nodes)
    {
        RequireConnections(section, "kind", nodes, nodes.Names.Count - 1);
        return static cluster => cluster.FullyMeshed();
    }

    private static Func<Cluster, Cluster> Regular(ScenarioSection section, ScenarioNodes nodes)
    {
        int count = nodes.Names.Count;
        int links = section.Whole("links", 8, 1, int.MaxValue);
        if (links >= count || (links % 2 == 1 && count % 2 == 1) || (links == 1 && count > 2))
        {
            throw section.Refuse("links", links,
                $"2 to {count - 1} for {count} nodes, and an even number if that of the nodes is odd");
        }

        RequireConnections(section, "links", nodes, links);
        return cluster => cluster.Linked((size, random) => Topology.Regular(size, links, random));
    }

    private static Func<Cluster, Cluster> SmallWorld(ScenarioSection section, ScenarioNodes nodes)
    {
        int count = nodes.Names.Count;
        int links = section.Whole("links", 4, 2, int.MaxValue);
        double rewired = section.Share("rewired", 0.1);
        if (links % 2 == 1 || links >= count)
        {
            throw section.Refuse("links", links, $"an even number from 2 to {count - 1} for {count} nodes");
        }

        RequireConnections(section, "links", nodes, links);
        return cluster => cluster.Linked((size, random) => Topology.SmallWorld(size, links, rewired, random));
    }

    private static Func<Cluster, Cluster> Bootstrap(ScenarioSection section, ScenarioNodes nodes)
    {
        IReadOnlyList<int> first = nodes.Bootstraps;
        if (first.Count == 0)
        {
            throw section.Refuse("kind", "bootstrap", "another kind, because no group has role = bootstrap");
        }

        int dials = section.Whole("dials", Math.Min(3, first.Count), 1, first.Count);
        return cluster => cluster.Linked((size, random) => Topology.Bootstrapped(size, first, dials, random));
    }

    private static Func<Cluster, Cluster> FromFile(ScenarioSection section, ScenarioNodes nodes, string folder)
    {
        string name = section.Text("file", "");
        Dictionary<string, int> numbers = [];
        for (int number = 0; number < nodes.Names.Count; number++)
        {
            numbers[nodes.Names[number]] = number;
        }

        List<(int, int)> edges = [];
        SortedSet<(int, int)> known = [];
        string[] lines = Lines(section, name, folder);
        for (int line = 0; line < lines.Length; line++)
        {
            string[] words = lines[line].Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
            {
                continue;
            }

            bool isEdge = words.Length == 2 & numbers.TryGetValue(words[0], out int dialler)
                & numbers.TryGetValue(words[^1], out int listener) && dialler != listener;
            if (!isEdge || !known.Add((Math.Min(dialler, listener), Math.Max(dialler, listener))))
            {
                throw section.Error(string.Create(CultureInfo.InvariantCulture,
                    $"{section.Path}.file: line {line + 1} of {name} is '{lines[line].Trim()}'; allowed: two different "
                    + $"nodes of {nodes.Names[0]} to {nodes.Names[^1]}, each pair once"), "file");
            }

            edges.Add((dialler, listener));
        }

        return cluster => cluster.Linked((_, _) => edges);
    }

    private static string[] Lines(ScenarioSection section, string name, string folder)
    {
        try
        {
            return name.Length > 0
                ? File.ReadAllLines(Path.Combine(folder, name))
                : throw section.Refuse("file", "empty", "the name of a file with two names of nodes in each line");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw section.Error($"{section.Path}.file: {unreadable.Message}", "file", unreadable);
        }
    }

    private static void RequireConnections(ScenarioSection section, string key, ScenarioNodes nodes, int links)
    {
        foreach (ScenarioGroup group in nodes.Groups)
        {
            if (links > group.Settings.MaxConnections)
            {
                throw section.Error($"{section.Path}.{key} gives a node {links} connections, and the group "
                    + $"{group.Name} allows {group.Settings.MaxConnections} (max-connections)", key);
            }
        }
    }
}
