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

    /// <summary>
    /// Every node has the same number of links, drawn at random. The result is always connected.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// There are not more nodes than links, or both numbers are odd, or one link is to connect more than two nodes.
    /// </exception>
    public static IReadOnlyList<(int Dialler, int Listener)> Regular(int nodes, int links, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(links, 1);
        ArgumentNullException.ThrowIfNull(random);
        if (links >= nodes || (links % 2 == 1 && nodes % 2 == 1) || (links == 1 && nodes > 2))
        {
            throw new ArgumentException(
                $"{nodes} nodes cannot have {links} links each and be connected.", nameof(links));
        }

        TopologyDraft draft = new(nodes);
        draft.AddRing(links);
        draft.Swap(random);
        return draft.Edges;
    }

    /// <summary>
    /// A ring in which each node is linked to its nearest neighbours, and a share of the links leads elsewhere, as in
    /// the model of Watts and Strogatz. The result is always connected.
    /// </summary>
    /// <param name="nodes">The number of nodes.</param>
    /// <param name="links">The links of each node before any is moved: an even number.</param>
    /// <param name="rewired">The share of the links that lead elsewhere: 0 to 1.</param>
    /// <param name="random">Draws them.</param>
    public static IReadOnlyList<(int Dialler, int Listener)> SmallWorld(
        int nodes, int links, double rewired, Random random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(links, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(links, nodes);
        ArgumentNullException.ThrowIfNull(random);
        TopologyDraft draft = new(nodes);
        draft.AddRing(links - (links % 2));
        draft.Rewire(rewired, random);
        return draft.Edges;
    }

    /// <summary>
    /// Each node dials a number of first nodes, drawn at random; the first nodes dial those before them.
    /// </summary>
    public static IReadOnlyList<(int Dialler, int Listener)> Bootstrapped(
        int nodes, IReadOnlyList<int> first, int dials, Random random)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(random);
        HashSet<int> isFirst = [.. first];
        List<(int, int)> edges = [];
        for (int node = 0; node < nodes; node++)
        {
            int[] known = [.. first.Where(one => !isFirst.Contains(node) || one < node)];
            random.Shuffle(known);
            edges.AddRange(known.Take(dials).Order().Select(one => (node, one)));
        }

        return edges;
    }
}
