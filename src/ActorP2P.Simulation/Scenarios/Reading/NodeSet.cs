using System.Globalization;

namespace ActorP2P.Simulation;

/// <summary>
/// Some nodes of a scenario: by name (<c>node3</c>), by a range of names (<c>node3..node7</c>), by group, all
/// (<c>all</c>), a number (<c>5</c>) or a share (<c>50%</c>). For a number or a share the seed chooses the nodes.
/// </summary>
internal sealed class NodeSet
{
    private readonly IReadOnlyList<string> _names;
    private readonly int? _count;
    private readonly double? _share;

    private NodeSet(IReadOnlyList<string> names, int? count, double? share)
    {
        _names = names;
        _count = count;
        _share = share;
    }

    /// <summary>Reads the nodes from a file.</summary>
    /// <param name="section">The section that has them.</param>
    /// <param name="key">The key that has them.</param>
    /// <param name="all">All nodes.</param>
    public static NodeSet Read(ScenarioSection section, string key, ScenarioNodes all)
    {
        IReadOnlyList<string> nodes = all.Names;
        IReadOnlyList<string> texts = section.Texts(key);
        if (texts is [var single])
        {
            if (int.TryParse(single, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && count <= nodes.Count)
            {
                return new NodeSet(nodes, count, null);
            }

            if (single.EndsWith('%') && ScenarioSection.TryShare(single, out double share))
            {
                return new NodeSet(nodes, null, share);
            }
        }

        List<string> named = [];
        foreach (string text in texts)
        {
            named.AddRange(Named(text, all) ?? throw section.Refuse(
                key, $"'{text}'", $"all, a share such as 50%, a number up to {nodes.Count}, a group "
                    + $"({string.Join(", ", all.Groups.Select(static group => group.Name))}), or names from "
                    + $"{nodes[0]} to {nodes[^1]}"));
        }

        return named.Count > 0
            ? new NodeSet(named, null, null)
            : throw section.Refuse(key, "empty", "at least one node");
    }

    /// <summary>All nodes.</summary>
    public static NodeSet All(ScenarioNodes all) => new(all.Names, null, null);

    /// <summary>Chooses the nodes.</summary>
    /// <param name="among">Whether a node may be drawn; it does not apply to names.</param>
    /// <param name="random">Draws nodes.</param>
    public IReadOnlyList<string> Pick(Func<string, bool> among, Random random)
    {
        if (_count is null && _share is null)
        {
            return _names;
        }

        string[] drawn = [.. _names.Where(among)];
        random.Shuffle(drawn);
        int wanted = _count ?? (int)Math.Round(_share!.Value * _names.Count, MidpointRounding.AwayFromZero);
        return drawn[..Math.Min(wanted, drawn.Length)];
    }

    private static IEnumerable<string>? Named(string text, ScenarioNodes all)
    {
        IReadOnlyList<string> nodes = all.Names;
        if (text == "all")
        {
            return nodes;
        }

        if (all.Find(text) is { } group)
        {
            return group;
        }

        string[] ends = text.Split("..");
        int first = IndexOf(nodes, ends[0]);
        int last = ends.Length == 2 ? IndexOf(nodes, ends[1]) : first;
        return ends.Length <= 2 && first >= 0 && last >= first ? nodes.Skip(first).Take(last - first + 1) : null;
    }

    private static int IndexOf(IReadOnlyList<string> nodes, string name)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            if (nodes[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}
