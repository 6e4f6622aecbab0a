namespace ActorP2P.Simulation;

/// <summary>The nodes of a scenario and their groups. A node's number is its place among all nodes.</summary>
internal sealed class ScenarioNodes
{
    private readonly Dictionary<string, ScenarioGroup> _groups;
    private readonly ScenarioGroup[] _groupOf;

    public ScenarioNodes(IReadOnlyList<ScenarioGroup> groups)
    {
        Groups = groups;
        Names = [.. groups.SelectMany(static group => group.Nodes)];
        _groups = groups.ToDictionary(static group => group.Name, StringComparer.Ordinal);
        _groupOf = [.. groups.SelectMany(static group => group.Nodes.Select(_ => group))];
        Late = new HashSet<string>(
            groups.SelectMany(static group => group.Nodes.Skip(group.Nodes.Count - group.Late)),
            StringComparer.Ordinal);
        Strangers = new HashSet<string>(
            groups.Where(static group => group.IsAttacker).SelectMany(static group => group.Nodes),
            StringComparer.Ordinal);
    }

    public IReadOnlyList<ScenarioGroup> Groups { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>The nodes that do not run from the start.</summary>
    public IReadOnlySet<string> Late { get; }

    /// <summary>The nodes that attack, which others may refuse.</summary>
    public IReadOnlySet<string> Strangers { get; }

    /// <summary>The numbers of the nodes that others dial first.</summary>
    public IReadOnlyList<int> Bootstraps =>
        [.. Enumerable.Range(0, Names.Count).Where(number => _groupOf[number].IsBootstrap)];

    /// <summary>The group of a node.</summary>
    public ScenarioGroup GroupOf(int number) => _groupOf[number];

    /// <summary>The nodes of a group; null when no group has that name.</summary>
    public IReadOnlyList<string>? Find(string group) => _groups.GetValueOrDefault(group)?.Nodes;

    /// <summary>Nodes without groups, named <c>node0</c>, <c>node1</c> and so on.</summary>
    public static ScenarioNodes Plain(int count, P2PNodeOptions settings) => new(
    [
        new ScenarioGroup
        {
            Name = "nodes",
            Nodes = [.. Enumerable.Range(0, count).Select(static index => $"node{index}")],
            Settings = settings,
        },
    ]);
}
