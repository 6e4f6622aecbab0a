using System.Runtime.CompilerServices;

namespace ActorP2P.Simulation.Tests;

/// <summary>Clusters whose nodes take part in the distributed hash table, and know only the first of them.</summary>
internal static class DhtNodes
{
    /// <summary>After this time nodes that started together know each other.</summary>
    public static readonly TimeSpan Joined = TimeSpan.FromMinutes(3);

    /// <summary>A cluster of so many nodes.</summary>
    public static Cluster Of(int count, [CallerMemberName] string scenario = "")
    {
        Cluster cluster = Cluster.Of(count, scenario).Unlinked();
        PeerAddress first = cluster.Nodes[0].Address;
        return cluster
            .WithSettings(settings => settings with
            {
                Encryption = Encryption.Required,
                Dht = new DhtSettings { Enabled = true },
                MaxConnections = 128 + (2 * count),
                Bootstrap = [first],
            })
            .WithSettings(cluster.Nodes[0].Name, static settings => settings with { Bootstrap = [] });
    }

    /// <summary>All providers of a service that a node finds.</summary>
    public static async Task<IReadOnlyList<NodeRecord>> ProvidersAsync(
        this ClusterNode from, string service, CancellationToken cancellationToken = default)
    {
        List<NodeRecord> found = [];
        await foreach (NodeRecord record in from.Node.FindProvidersAsync(service, cancellationToken))
        {
            found.Add(record);
        }

        return found;
    }
}
