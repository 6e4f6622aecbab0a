using ActorP2P.Hocon;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>Reads the nodes of a scenario: a number of equal ones, or groups.</summary>
internal static class GroupReader
{
    private const string Number = "{}";
    private const int MostNodes = 20_000;

    // The memory of a node with eight links, including its system and its share of the network; measured with `worlds`.
    private const long BytesPerNode = 256 * 1024;

    public static ScenarioNodes Read(ScenarioSection section)
    {
        HoconConfig common = section.Config("node");
        if (!section.Has("groups"))
        {
            int count = section.Whole("nodes", 20, 1, int.MaxValue);
            RequireMemory(section, "nodes", count);
            return ScenarioNodes.Plain(count, Settings(section, common));
        }

        if (section.Has("nodes"))
        {
            throw section.Refuse("nodes", section.Text("nodes", ""), "no such key beside groups, which have counts");
        }

        List<ScenarioGroup> groups = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, ScenarioSection group) in section.Sections("groups"))
        {
            ScenarioGroup read = Group(name, group, common);
            foreach (string node in read.Nodes)
            {
                if (!names.Add(node))
                {
                    throw group.Error($"{group.Path} has a node '{node}', as an earlier group has; allowed: names of "
                        + "which each is unique", "names");
                }
            }

            groups.Add(read);
            RequireMemory(section, "groups", names.Count);
        }

        return groups.Count > 0
            ? new ScenarioNodes(groups)
            : throw section.Refuse("groups", "empty", "at least one group");
    }

    private static ScenarioGroup Group(string name, ScenarioSection section, HoconConfig common)
    {
        if (name == "all")
        {
            throw section.Error($"{section.Path} is the name of all nodes; allowed: another name");
        }

        int count = section.Whole("count", 1, 1, int.MaxValue);
        string role = section.OneOf("role", "node", "node", "bootstrap", "attacker");
        RequireMemory(section, "count", count);
        ScenarioGroup group = new()
        {
            Name = name,
            Nodes = Names(section, name, count),
            Settings = Settings(section, section.Config("node").WithFallback(common)),
            Late = section.Whole("late", 0, 0, count),
            IsBootstrap = role == "bootstrap",
            IsAttacker = role == "attacker",
            Region = section.Has("region") ? section.Text("region", "") : null,
            Class = section.Has("class") ? section.Text("class", "") : null,
            Application = section.Has("application") ? section.Text("application", "") : null,
        };
        section.End();
        return group;
    }

    private static string[] Names(ScenarioSection section, string group, int count)
    {
        string pattern = section.Text("names", count == 1 ? group : group + Number);
        bool isNumbered = pattern.Contains(Number, StringComparison.Ordinal);
        if (!isNumbered && count > 1)
        {
            throw section.Refuse("names", $"'{pattern}'", $"a text with {Number}, which stands for the node's number");
        }

        string[] names = [.. Enumerable.Range(0, count)
            .Select(index => pattern.Replace(Number, $"{index}", StringComparison.Ordinal))];
        try
        {
            return names[0] == new PeerAddress(names[0], 1).Host && names[0] != "all"
                ? names
                : throw section.Refuse("names", $"'{pattern}'", "a name of a host in its usual form");
        }
        catch (ArgumentException)
        {
            throw section.Refuse("names", $"'{pattern}'", "a text that is a name of a host");
        }
    }

    private static P2PNodeOptions Settings(ScenarioSection section, HoconConfig node)
    {
        // Marks the key as known.
        section.Config("node");
        try
        {
            P2PNodeOptions settings = P2PNodeOptions.From(node, out IReadOnlyList<UnknownSetting> unknown);
            return unknown is [var first, ..]
                ? throw section.Error(
                    $"{section.Path}.node.{first.Path} is not a setting of a node"
                    + (first.Nearest is null ? "." : $"; did you mean {first.Nearest}?"), $"node.{first.Path}")
                : settings;
        }
        catch (ArgumentException wrong)
        {
            throw section.Error($"{section.Path}.node: {wrong.Message}", "node", wrong);
        }
    }

    private static void RequireMemory(ScenarioSection section, string key, int nodes)
    {
        long needed = nodes * BytesPerNode;
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (nodes > MostNodes || needed > available)
        {
            throw section.Refuse(key, nodes,
                $"1 to {Math.Min(MostNodes, available / BytesPerNode)}: so many would need about {needed >> 20} MiB, "
                + $"and the process may use {available >> 20} MiB");
        }
    }
}
