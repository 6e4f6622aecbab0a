using Xunit.Abstractions;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// Whole nodes in the distributed hash table. ACTORP2P_WHOLE=1 makes it of 1,000 nodes instead of 100, and prints the
/// figures of docs/discovery-dht.md with <c>--logger "console;verbosity=detailed"</c>.
/// </summary>
public sealed class DhtClusterTests(ITestOutputHelper output)
{
    private static readonly int s_nodes = Environment.GetEnvironmentVariable("ACTORP2P_WHOLE") == "1" ? 1000 : 100;

    [Fact]
    public void Nodes_that_know_one_node_find_all_others_under_churn() => DhtNodes.Of(s_nodes).Run(async cluster =>
    {
        await cluster.Delay(DhtNodes.Joined);
        Print("joined", cluster);
        await FindUnderChurnAsync(cluster);
        await FindProviderAsync(cluster);
    });

    /// <summary>One node dies without a word every 20 s, and the one that died five rounds before is back.</summary>
    private async Task FindUnderChurnAsync(Cluster cluster)
    {
        List<double> times = [];
        int found = 0;
        for (int round = 0; round < 30; round++)
        {
            cluster.Faults.Kill(cluster.Nodes[1 + (round * 3)].Name, DeathKind.Host);
            if (round >= 5)
            {
                cluster.Faults.Restart(cluster.Nodes[1 + ((round - 5) * 3)].Name);
            }

            await cluster.Delay(TimeSpan.FromSeconds(20));
            ClusterNode from = cluster.Nodes[2 + (round * 3)];
            ClusterNode target = cluster.Nodes[(3 + (round * 51)) % s_nodes];
            if (!target.IsUp || target == from)
            {
                continue;
            }

            TimeSpan began = cluster.World.Now;
            NodeRecord? record = await from.Node.FindAsync(target.Id);
            times.Add((cluster.World.Now - began).TotalMilliseconds);
            found += record?.Addresses[0].WithoutId == target.Address ? 1 : 0;
        }

        times.Sort();
        Print(
            $"churn: {found} of {times.Count} found, ms p50 {times[times.Count / 2]:f0}, most {times[^1]:f0}", cluster);
        Assert.InRange(times.Count, 15, 30);
        Assert.Equal(times.Count, found);
    }

    /// <summary>A provider is found after most of the nodes that keep its record have died.</summary>
    private static async Task FindProviderAsync(Cluster cluster)
    {
        ClusterNode provider = cluster.Nodes[^3];
        int kept = await provider.Node.ProvideAsync("room");
        Assert.InRange(kept, 15, 20);

        string[] holders =
        [
            .. cluster.Nodes.Where(node => node.IsUp && node != provider && node != cluster.Nodes[0]
                && node.Node.GetDhtStatistics().Providers > 0).Select(static node => node.Name),
        ];
        Assert.InRange(holders.Length, 14, 20);
        foreach (string holder in holders[..^4])
        {
            cluster.Faults.Kill(holder, DeathKind.Host);
        }

        await cluster.Delay(TimeSpan.FromSeconds(30));
        foreach (ClusterNode from in cluster.Nodes.Where(node => node.IsUp && node != provider).Take(10))
        {
            NodeRecord record = Assert.Single(await from.ProvidersAsync("room"));
            Assert.Equal((provider.Id, "room"), (record.Id, record.Services[0]));
        }
    }

    private void Print(string what, Cluster cluster)
    {
        DhtStatistics[] figures =
            [.. cluster.Nodes.Where(static node => node.IsUp).Select(static node => node.Node.GetDhtStatistics())];
        output.WriteLine(
            $"{what}: {figures.Length} nodes; nodes known mean {figures.Average(f => f.Nodes):f0}, least "
            + $"{figures.Min(f => f.Nodes)}; questions asked mean {figures.Average(f => f.Asked):f0}, answered most "
            + $"{figures.Max(f => f.Answered)}; faults "
            + string.Join(", ", figures.SelectMany(static f => f.Faults).GroupBy(static f => f.Key)
                .OrderBy(static f => f.Key).Select(static f => $"{f.Key} {f.Sum(static one => one.Value)}")));
    }
}
