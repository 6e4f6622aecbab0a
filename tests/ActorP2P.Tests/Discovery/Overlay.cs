using System.Globalization;
using ActorP2P.Protocol;
using ActorP2P.Simulation;

namespace ActorP2P.Tests.Discovery;

/// <summary>The network that the nodes of a cluster have made: who is connected to whom.</summary>
internal sealed class Overlay
{
    private readonly Dictionary<NodeId, SortedSet<NodeId>> _neighbours = [];

    private Overlay()
    {
    }

    /// <summary>The address of a node, each in a network of its own.</summary>
    public static string Host(int node) =>
        string.Create(CultureInfo.InvariantCulture, $"{20 + (node / 256)}.{node % 256}.0.1");

    /// <summary>The connections of the nodes that run.</summary>
    public static Overlay Of(IEnumerable<ClusterNode> nodes)
    {
        Overlay overlay = new();
        ClusterNode[] running = [.. nodes.Where(static node => node.IsUp)];
        foreach (ClusterNode node in running)
        {
            overlay._neighbours.Add(node.Id, []);
        }

        foreach (ClusterNode node in running)
        {
            foreach (Peer peer in node.Node.Peers)
            {
                NodeId other = peer.ClaimedId!.Value.Claim;
                if (overlay._neighbours.TryGetValue(other, out SortedSet<NodeId>? back))
                {
                    overlay._neighbours[node.Id].Add(other);
                    back.Add(node.Id);
                }
            }
        }

        return overlay;
    }

    /// <summary>The neighbours of each node, fewest first.</summary>
    public IReadOnlyList<int> Degrees => [.. _neighbours.Values.Select(static set => set.Count).Order()];

    /// <summary>Whether every node reaches every other.</summary>
    public bool IsOneComponent => _neighbours.Count > 0
        && DistancesFrom(_neighbours.Keys.Order().First()).Count == _neighbours.Count;

    /// <summary>The longest of the shortest ways between two nodes.</summary>
    public int Diameter => _neighbours.Keys.Order().Take(100).Max(node => DistancesFrom(node).Values.Max());

    /// <summary>How often two neighbours of a node are neighbours of each other, 0 to 1.</summary>
    public double Clustering
    {
        get
        {
            long pairs = 0;
            long linked = 0;
            foreach (SortedSet<NodeId> neighbours in _neighbours.Values)
            {
                foreach (NodeId one in neighbours)
                {
                    foreach (NodeId other in neighbours.Where(other => other > one))
                    {
                        pairs++;
                        linked += _neighbours[one].Contains(other) ? 1 : 0;
                    }
                }
            }

            return pairs == 0 ? 0 : (double)linked / pairs;
        }
    }

    private Dictionary<NodeId, int> DistancesFrom(NodeId start)
    {
        Dictionary<NodeId, int> distances = new() { [start] = 0 };
        Queue<NodeId> next = new([start]);
        while (next.TryDequeue(out NodeId node))
        {
            foreach (NodeId neighbour in _neighbours[node])
            {
                if (distances.TryAdd(neighbour, distances[node] + 1))
                {
                    next.Enqueue(neighbour);
                }
            }
        }

        return distances;
    }
}
