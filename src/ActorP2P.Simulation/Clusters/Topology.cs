namespace ActorP2P.Simulation;

/// <summary>The topologies of clusters: which nodes dial which.</summary>
public static class Topology
{
    /// <summary>Each node dials its predecessor.</summary>
    public static IReadOnlyList<(int Dialler, int Listener)> Line(int nodes) =>
        [.. Enumerable.Range(1, Math.Max(0, nodes - 1)).Select(node => (node, node - 1))];

    /// <summary>A line whose last node dials the first as well.</summary>
    public static IReadOnlyList<(int Dialler, int Listener)> Ring(int nodes) =>
        nodes < 3 ? Line(nodes) : [.. Line(nodes), (nodes - 1, 0)];

    /// <summary>Each node dials all nodes before it.</summary>
    public static IReadOnlyList<(int Dialler, int Listener)> Full(int nodes) =>
        [.. Enumerable.Range(0, nodes)
            .SelectMany(node => Enumerable.Range(0, node).Select(earlier => (node, earlier)))];

    /// <summary>
    /// Each node dials up to a number of nodes before it, drawn at random. The result is always connected.
    /// </summary>
    public static IReadOnlyList<(int Dialler, int Listener)> Drawn(int nodes, int dials, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dials, 1);
        ArgumentNullException.ThrowIfNull(random);
        List<(int, int)> edges = [];
        for (int node = 1; node < nodes; node++)
        {
            SortedSet<int> drawn = [];
            for (int dial = 0; dial < dials; dial++)
            {
                drawn.Add(random.Next(node));
            }

            edges.AddRange(drawn.Select(earlier => (node, earlier)));
        }

        return edges;
    }
}
