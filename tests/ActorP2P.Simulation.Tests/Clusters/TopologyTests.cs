namespace ActorP2P.Simulation.Tests;

/// <summary>Topologies that are drawn at random.</summary>
public class TopologyTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(5, 4)]
    [InlineData(8, 3)]
    [InlineData(40, 2)]
    [InlineData(100, 8)]
    [InlineData(1000, 5)]
    public void A_regular_topology_gives_every_node_its_links(int nodes, int links)
    {
        IReadOnlyList<(int Dialler, int Listener)> edges = Topology.Regular(nodes, links, new Random(nodes));

        RequireSimple(edges, nodes);
        Assert.All(Degrees(edges, nodes), degree => Assert.Equal(links, degree));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void A_small_world_keeps_its_number_of_links(double rewired)
    {
        IReadOnlyList<(int Dialler, int Listener)> edges = Topology.SmallWorld(60, 6, rewired, new Random(7));
        int far = edges.Count(static edge => Math.Min(
            edge.Dialler - edge.Listener, 60 - edge.Dialler + edge.Listener) > 3);

        RequireSimple(edges, 60);
        Assert.Equal(180, edges.Count);
        Assert.InRange(far, (int)(140 * rewired * rewired), (int)(180 * rewired * 1.6));
    }

    [Fact]
    public void Different_seeds_draw_different_topologies()
    {
        Assert.Equal(Topology.Regular(50, 4, new Random(1)), Topology.Regular(50, 4, new Random(1)));
        Assert.NotEqual(Topology.Regular(50, 4, new Random(1)), Topology.Regular(50, 4, new Random(2)));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 3)]
    [InlineData(4, 1)]
    public void An_impossible_regular_topology_is_refused(int nodes, int links) =>
        Assert.Throws<ArgumentException>(() => Topology.Regular(nodes, links, new Random(1)));

    [Fact]
    public void A_file_says_which_node_dials_which()
    {
        string folder = Directory.CreateTempSubdirectory("actorp2p-").FullName;
        File.WriteAllText(Path.Combine(folder, "mesh.txt"), "node0 node1\n# a comment\n\nnode2 node1 # the middle\n");
        File.WriteAllText(Path.Combine(folder, "mesh.conf"),
            "simulation { duration = 5s, nodes = 3, topology { kind = file, file = mesh.txt } }");
        ScenarioRecording recording = Scenario.FromFile(Path.Combine(folder, "mesh.conf")).Record(1);

        Assert.Null(recording.Result.Failure);
        Assert.Equal([1, 2, 1], recording.Nodes.Select(static node => node.Links));

        File.WriteAllText(Path.Combine(folder, "mesh.txt"), "node0 node1\nnode1 node2\n");
        Assert.NotEqual(recording.Scenario.Digest, Scenario.FromFile(Path.Combine(folder, "mesh.conf")).Digest);

        File.WriteAllText(Path.Combine(folder, "mesh.txt"), "node0 node1\nnode1 node0\n");
        ScenarioException wrong = Assert.Throws<ScenarioException>(
            () => Scenario.FromFile(Path.Combine(folder, "mesh.conf")));
        Assert.Contains("line 2 of mesh.txt is 'node1 node0'; allowed: two different nodes", wrong.Message,
            StringComparison.Ordinal);
    }

    private static void RequireSimple(IReadOnlyList<(int Dialler, int Listener)> edges, int nodes)
    {
        Assert.Equal(edges.Count, edges.Distinct().Count());
        Assert.All(edges, static edge => Assert.True(edge.Dialler > edge.Listener));
        HashSet<int> reached = [0];
        ILookup<int, int> neighbours = edges.SelectMany(static edge => new[]
        {
            (edge.Dialler, edge.Listener), (edge.Listener, edge.Dialler),
        }).ToLookup(static edge => edge.Item1, static edge => edge.Item2);
        Queue<int> open = new([0]);
        while (open.TryDequeue(out int node))
        {
            foreach (int next in neighbours[node].Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }

        Assert.Equal(nodes, reached.Count);
    }

    private static int[] Degrees(IReadOnlyList<(int Dialler, int Listener)> edges, int nodes)
    {
        int[] degrees = new int[nodes];
        foreach ((int dialler, int listener) in edges)
        {
            degrees[dialler]++;
            degrees[listener]++;
        }

        return degrees;
    }
}
