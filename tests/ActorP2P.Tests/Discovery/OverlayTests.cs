using System.Globalization;
using ActorP2P.Simulation;
using Xunit.Abstractions;

namespace ActorP2P.Tests.Discovery;

/// <summary>
/// Networks that nodes make by themselves, from one bootstrap node. The environment's
/// <c>ACTORP2P_DISCOVERY_NODES</c> sets their size; docs/discovery.md has the figures of 1,000.
/// </summary>
public sealed class OverlayTests(ITestOutputHelper output)
{
    private const string Bootstrap = "19.0.0.1";
    private const int Target = 8;

    private static readonly int s_nodes = int.Parse(
        Environment.GetEnvironmentVariable("ACTORP2P_DISCOVERY_NODES") ?? "100", CultureInfo.InvariantCulture);

    [Fact]
    public void From_one_bootstrap_node_all_get_their_connections_in_a_minute()
    {
        PeerAddress begin = new(Bootstrap, 1);
        DiscoveryMode lateMode = DiscoveryMode.Off;
        Cluster cluster = Nodes(s_nodes + 1);
        string late = Overlay.Host(s_nodes);
        cluster.WithSettings(late, settings => settings with
        {
            Discovery = settings.Discovery with { Mode = lateMode, Bootstrap = [begin] },
        });

        cluster.Run(async run =>
        {
            ClusterNode[] normal = [.. Normal(run).Where(node => node.Name != late)];
            await run.UntilAsync(() => AreAtTarget(normal), "all have their connections", TimeSpan.FromSeconds(60));
            output.WriteLine($"{normal.Length} nodes at their target after {run.World.Now.TotalSeconds:f1} s");
            Print(normal);
            PeerStatisticsOf(run[Bootstrap]);

            // The bootstrap node dies for good, and a new node begins with any other one.
            run.Faults.Kill(Bootstrap, DeathKind.Host);
            run.Faults.Kill(late);
            (begin, lateMode) = (normal[3].Address, DiscoveryMode.On);
            TimeSpan joined = run.World.Now;
            run.Faults.Restart(late);
            await run.UntilAsync(() => AreAtTarget([run[late]]), "the new node has its connections");
            output.WriteLine($"a new node at its target after {(run.World.Now - joined).TotalSeconds:f1} s");
        });
    }

    [Fact]
    public void When_half_of_the_hosts_die_the_rest_is_one_network_again()
    {
        Cluster cluster = Nodes(s_nodes).WithSettings(static settings => settings with
        {
            // A cluster notices within five seconds that a host is silent.
            Session = settings.Session with
            {
                PingAfter = TimeSpan.FromSeconds(3), PongTimeout = TimeSpan.FromSeconds(2),
            },
        });

        cluster.Run(async run =>
        {
            ClusterNode[] normal = Normal(run);
            await run.UntilAsync(() => AreAtTarget(normal), "all have their connections", TimeSpan.FromMinutes(2));
            foreach (ClusterNode node in normal.Where(static (_, index) => index % 2 == 0))
            {
                run.Faults.Kill(node.Name, DeathKind.Host);
            }

            run.Faults.Kill(Bootstrap, DeathKind.Host);
            ClusterNode[] survivors = [.. normal.Where(static node => node.IsUp)];
            await run.Delay(TimeSpan.FromSeconds(5));
            await run.UntilAsync(() => !AreAtTarget(survivors), "the deaths are noticed", TimeSpan.FromSeconds(2));
            TimeSpan noticed = run.World.Now;
            await run.UntilAsync(
                () => Overlay.Of(normal).IsOneComponent, "the rest is one network", TimeSpan.FromSeconds(30));
            output.WriteLine($"one network {(run.World.Now - noticed).TotalSeconds:f1} s after that was noticed");

            await run.UntilAsync(
                () => AreAtTarget(survivors), "all have their connections again", TimeSpan.FromSeconds(120));
            output.WriteLine(
                $"{survivors.Length} nodes at their target {(run.World.Now - noticed).TotalSeconds:f1} s after that");
            Print(survivors);
        });
    }

    [Fact]
    public void Connections_lead_to_different_networks_and_stay_at_the_target()
    {
        const int Few = 4;
        Cluster cluster = Nodes(14).WithSettings(static settings => settings with
        {
            Discovery = settings.Discovery with { Outbound = Few },
        });
        cluster.Run(async run =>
        {
            ClusterNode[] normal = Normal(run);
            await run.UntilAsync(() => AreAtTarget(normal, Few), "all have their connections");
            await run.Delay(TimeSpan.FromHours(1));
            Assert.All(normal, static node =>
            {
                string[] groups = [.. node.Node.Peers.Where(static peer => peer.IsOutbound)
                    .Select(static peer => Protocol.NetworkGroup.Of(peer.Address))];
                Assert.InRange(groups.Length, Few, Few + 1);
                Assert.Equal(groups.Length, groups.Distinct().Count());
            });
            Assert.Contains(normal, static node => node.Node.Discovery!.Tried > Few);
            Assert.DoesNotContain(normal, run => run.FindPeer(Bootstrap) is not null);
        }, TimeSpan.FromHours(2));
    }

    private static Cluster Nodes(int count)
    {
        string[] hosts = [Bootstrap, .. Enumerable.Range(0, count).Select(Overlay.Host)];
        return Cluster.Of(hosts).Unlinked().LeavingFaults().WithSettings(static settings => settings with
        {
            Discovery = settings.Listen!.Host == Bootstrap
                ? new DiscoverySettings { Mode = DiscoveryMode.On, Role = NodeRole.Discovery }
                : new DiscoverySettings { Bootstrap = [new PeerAddress(Bootstrap, 1)], Outbound = Target },
        });
    }

    private static ClusterNode[] Normal(Cluster run) => [.. run.Nodes.Where(static node => node.Name != Bootstrap)];

    private static bool AreAtTarget(IEnumerable<ClusterNode> nodes, int target = Target) =>
        nodes.All(node => node.IsUp && node.Node.Discovery is { } known && known.Outbound >= target);

    private void Print(IEnumerable<ClusterNode> nodes)
    {
        Overlay overlay = Overlay.Of(nodes);
        IReadOnlyList<int> degrees = overlay.Degrees;
        output.WriteLine(
            $"neighbours {degrees[0]} to {degrees[^1]}, median {degrees[degrees.Count / 2]}; "
            + $"clustering {overlay.Clustering:f3}, diameter {overlay.Diameter}");
    }

    private void PeerStatisticsOf(ClusterNode bootstrap)
    {
        NodeStatistics statistics = bootstrap.Node.Statistics;
        output.WriteLine(
            $"the bootstrap node: {bootstrap.Node.Peers.Count} peers, {statistics.FramesReceived} frames received, "
            + $"{statistics.BytesSent / 1024} KiB sent, {bootstrap.Node.Discovery!.Addresses} addresses known");
    }
}
