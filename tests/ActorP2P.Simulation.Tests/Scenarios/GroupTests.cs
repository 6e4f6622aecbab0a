namespace ActorP2P.Simulation.Tests.Scenarios;

/// <summary>Groups of nodes, and where they are.</summary>
public class GroupTests
{
    private const string Two = """
        simulation {
          duration = 10s
          node.max-connections = 40
          groups {
            miners { count = 2, names = "miner-{}", node.max-connections = 50, region = eu }
            users { count = 6, region = us }
          }
          topology { kind = ring }
          network {
            latency = 5ms
            regions { eu { latency { eu = 1ms, us = 200ms } }, us { latency { us = 10ms } } }
          }
          workload.news { from = miners, every = 1s }
        }
        """;

    [Fact]
    public void A_group_has_its_names_and_its_settings()
    {
        SettingsSeen seen = new();
        Scenario scenario = Scenario.Parse(Two) with { Checkers = [() => seen] };

        Assert.Null(scenario.Run(1).Failure);

        Assert.Equal(8, scenario.Nodes);
        Assert.Equal(
            [("miner-0", 50), ("miner-1", 50), ("users0", 40), ("users1", 40), ("users2", 40), ("users3", 40),
                ("users4", 40), ("users5", 40)],
            seen.Connections.Select(static one => (one.Key, one.Value)));
    }

    [Fact]
    public void The_distance_between_regions_decides_how_long_a_message_takes()
    {
        // Between the regions at most one link of the ring is needed.
        ScenarioResult far = Scenario.Parse(Two).Run(1);
        ScenarioResult near = Scenario.Parse($"{Two}\nsimulation.network.regions.eu.latency.us = 10ms").Run(1);

        Assert.InRange(far.DeliveryMax, TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(260));
        Assert.InRange(near.DeliveryMax, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(70));
    }

    [Fact]
    public void Regions_get_their_shares_of_the_nodes()
    {
        Scenario scenario = Scenario.Parse("""
            simulation {
              duration = 2s, nodes = 10
              network.regions { eu { share = 60% }, us { share = 30% }, asia { share = 10% } }
            }
            """);
        ScenarioRecording recording = scenario.Record(1);

        Assert.Equal(
            [("asia", 1), ("eu", 6), ("us", 3)],
            recording.Nodes.GroupBy(static node => node.Region).Select(static region => (region.Key, region.Count()))
                .Order());
        Assert.NotEqual(
            recording.Nodes.Select(static node => node.Region),
            scenario.Record(2).Nodes.Select(static node => node.Region));
    }

    [Theory]
    [InlineData("groups { all { count = 1 } }", "simulation.groups.all is the name of all nodes")]
    [InlineData("groups { a { count = 2, names = x } }", "simulation.groups.a.names is 'x'; allowed: a text with {}")]
    [InlineData("groups { a { count = 2 }, b { names = a1 } }", "simulation.groups.b has a node 'a1', as an earlier")]
    [InlineData("groups { a { late = 2 } }", "simulation.groups.a.late is 2; allowed: 0 to 1")]
    [InlineData("groups { a { count = 10000000 } }", "simulation.groups.a.count is 10000000; allowed: 1 to ")]
    [InlineData("groups { a { region = moon } }", "The group a names 'moon', which simulation.network.")]
    [InlineData("groups { a { node.listn = off } }", "simulation.groups.a.node.listn is not a setting of a node")]
    [InlineData("groups { a { names = \"b c\" } }", "simulation.groups.a.names is 'b c'; allowed: ")]
    public void A_group_that_is_not_possible_is_named(string line, string said)
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Scenario.Parse($"simulation {{ {line} }}"));
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
        Assert.Contains("(line 1, column ", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_node_dials_those_of_the_role_bootstrap()
    {
        ScenarioRecording recording = Scenario.Parse("""
            simulation {
              duration = 5s
              groups { first { count = 2, role = bootstrap }, rest { count = 8 } }
              topology { kind = bootstrap, dials = 2 }
            }
            """).Record(1);

        Assert.All(recording.Nodes, static node => Assert.Equal(node.Group == "first" ? 9 : 2, node.Links));
    }

    private sealed class SettingsSeen : Checker
    {
        public SortedDictionary<string, int> Connections { get; } = new(StringComparer.Ordinal);

        protected override void OnSettled()
        {
            foreach (ClusterNode node in Cluster.Nodes)
            {
                Connections[node.Name] = node.Node.Settings.MaxConnections;
            }
        }
    }
}
