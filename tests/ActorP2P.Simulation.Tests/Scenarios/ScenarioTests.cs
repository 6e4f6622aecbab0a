namespace ActorP2P.Simulation.Tests.Scenarios;

public class ScenarioTests
{
    private const string Small = """
        simulation {
          name = small
          duration = 10s
          nodes = 6
          topology { kind = ring }
          broadcasts { every = 1s }
          traffic { pause = 1s }
        }
        """;

    [Fact]
    public void On_links_without_faults_every_message_arrives()
    {
        ScenarioResult result = Scenario.Parse(Small).Run(1);
        Assert.Null(result.Failure);
        Assert.Equal((10, 1.0, 1.0), (result.Broadcasts, result.Reach, result.Answered));
        Assert.InRange(result.DeliveryP50, TimeSpan.FromMilliseconds(10), result.DeliveryP99);
        Assert.InRange(result.DeliveryP99, result.DeliveryP50, result.DeliveryMax);
        Assert.InRange(result.DeliveryMax, result.DeliveryP99, TimeSpan.FromMilliseconds(100));
        Assert.InRange(result.Copies, 1, 2);
        Assert.True(result.Asks > 0);
    }

    [Fact]
    public void A_result_depends_only_on_its_seed()
    {
        Scenario scenario = Scenario.Parse(Small);
        ScenarioResult first = scenario.Run(7);
        ScenarioResult again = scenario.Run(7);
        Assert.Equal(first with { Reasons = again.Reasons, Seen = again.Seen }, again);
        Assert.Equal(first.Reasons, again.Reasons);
        Assert.Equal(first.Seen, again.Seen);
        Assert.NotEqual(first.TraceHash, scenario.Run(8).TraceHash);
    }

    [Fact]
    public void An_expectation_that_is_missed_fails_the_run_by_name()
    {
        ScenarioResult result = Scenario.Parse(Small + """

            simulation.expect { delivery-max = 1ms, reasons = [ PingTimeout ], copies = 0.5 }
            """).Run(1);
        Assert.False(result.Passed);
        Assert.Contains("delivery-max is", result.Failure, StringComparison.Ordinal);
        Assert.Contains("reasons: PingTimeout is 0 connections", result.Failure, StringComparison.Ordinal);
        Assert.Contains("copies is", result.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_that_the_timeline_kills_are_back_when_it_says_so()
    {
        ScenarioResult result = Scenario.Parse(Small + """

            simulation {
              duration = 60s
              timeline {
                go { at = 10s, kill = 2 }
                come { at = 20s, restart = all }
              }
              expect { reach = 90%, reasons = [ ConnectionReset ] }
            }
            """).Run(1);
        Assert.Null(result.Failure);
    }

    [Fact]
    public void A_partition_keeps_broadcasts_on_their_side()
    {
        Scenario scenario = Scenario.Parse(Small + """

            simulation.timeline.apart { at = 0s, partition { left = "node0..node2", right = [ node3, node4, node5 ] } }
            """);
        // Two of the other five nodes are on the sender's side.
        Assert.Equal(0.4, scenario.Run(1).Reach, 3);
    }

    [Theory]
    [InlineData("nodes = 0", "simulation.nodes is 0; allowed: 1 to ")]
    [InlineData("nodes = 10000000", "would need about 2500000 MiB")]
    [InlineData("nodes = many", "simulation: The setting \"nodes\" is 'many' but must be a whole number")]
    [InlineData("notes = 3", "simulation.notes is unknown; allowed: ")]
    [InlineData("notes = 3", "did you mean nodes?")]
    [InlineData("network { latency = 0s }",
        "simulation.network.latency is 00:00:00; allowed: 00:00:00.0000010 to 30 days")]
    [InlineData("network { loss = 120% }", "simulation.network.loss is 120%; allowed: 0% to 100%, or 0 to 1")]
    [InlineData("network { bytes-per-second = 0 }", "simulation.network.bytes-per-second is 0; allowed: 1 to ")]
    [InlineData("topology { kind = star }",
        "simulation.topology.kind is star; allowed: line, ring, full, random, regular, small-world")]
    [InlineData("topology { kind = regular, links = 6 }",
        "simulation.topology.links is 6; allowed: 2 to 5 for 6 nodes")]
    [InlineData("nodes = 5, topology { kind = regular, links = 3 }",
        "simulation.topology.links is 3; allowed: 2 to 4")]
    [InlineData("topology { kind = small-world, links = 3 }",
        "simulation.topology.links is 3; allowed: an even number")]
    [InlineData("nodes = 200, topology { kind = full }",
        "simulation.topology.kind gives a node 199 connections, and the group nodes allows 128 (max-connections)")]
    [InlineData("topology { kind = bootstrap }", "allowed: another kind, because no group has role = bootstrap")]
    [InlineData("topology { kind = file, file = nowhere.txt }", "simulation.topology.file: Could not find file")]
    [InlineData("groups { a { count = 3 } }", "simulation.nodes is 6; allowed: no such key beside groups")]
    [InlineData("network.regions { a { share = 60% }, b { share = 60% } }",
        "simulation.network.regions is 120% in all; allowed: shares that are 100% in all")]
    [InlineData("network.regions { a { latency { c = 1s } } }",
        "simulation.network.regions.a.latency.c is no region; allowed: a")]
    [InlineData("network.classes { a { up = 0 } }", "simulation.network.classes.a.up is 0; allowed: 1 to ")]
    [InlineData("workload { a { kind = songs } }",
        "simulation.workload.a.kind is songs; allowed: broadcasts, asks, notifies, streams, malformed-notifies")]
    [InlineData("workload { a { end = 1h } }",
        "simulation.workload.a lasts from 00:00:00 to 01:00:00; allowed: within")]
    [InlineData("workload { a { to = node1 } }", "simulation.workload.a.to says who gets a broadcast")]
    [InlineData("timeline { a { at = 11s, kill = 1 } }",
        "simulation.timeline.a.at is 00:00:11; allowed: 00:00:00 to 00:00:10, the duration of the run")]
    [InlineData("timeline { a { at = 1s, join = 1 } }", "allowed: nothing, because no group has late nodes")]
    [InlineData("timeline { a { at = 1s, slow-down = 1, loss = 100% } }", "simulation.timeline.a.loss is 100%")]
    [InlineData("node { request-timeout = 0s }", "simulation.node: request-timeout is")]
    [InlineData("node { request-timeuot = 1s }",
        "simulation.node.request-timeuot is not a setting of a node; did you mean request-timeout?")]
    [InlineData("timeline { a { at = 1s } }",
        "simulation.timeline.a says nothing that happens; allowed: one of kill, restart")]
    [InlineData("timeline { a { at = 1s, kill = 1, heal = all } }", "simulation.timeline.a says kill and heal")]
    [InlineData("timeline { a { at = 1s, kill = node9 } }",
        "simulation.timeline.a.kill is 'node9'; allowed: all, a share")]
    [InlineData("timeline { a { at = 1s, kill = node0, whom = 3 } }", "simulation.timeline.a.whom is unknown")]
    [InlineData("timeline { a { at = 1s, partition { one = all } } }", "simulation.timeline.a.partition has 1 groups")]
    [InlineData("timeline { a = 3 }", "simulation.timeline.a is a value; allowed: an object")]
    [InlineData("broadcasts { bytes = 3 }", "simulation.broadcasts.bytes is 3; allowed: 12 to ")]
    [InlineData("expect { reasons = [ Boredom ] }", "simulation.expect.reasons is 'Boredom'; allowed: ")]
    [InlineData("seeds { count = 0 }", "simulation.seeds.count is 0; allowed: 1 to ")]
    public void A_key_that_is_not_allowed_is_named(string line, string said)
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(
            () => Scenario.Parse($"{Small}\nsimulation {{ {line} }}"));
        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_says_where_the_value_stands()
    {
        ScenarioException wrong = Assert.Throws<ScenarioException>(() => Scenario.Parse("""
            simulation {
              nodes = 3
              network { latency = 10ms,
                loss = 2 }
            }
            """));
        Assert.Equal(
            "simulation.network.loss is 2; allowed: 0% to 100%, or 0 to 1 (line 4, column 12).", wrong.Message);

        string file = Path.Combine(Directory.CreateTempSubdirectory("actorp2p-").FullName, "wrong.conf");
        File.WriteAllText(file, "simulation.duration = 0s");
        wrong = Assert.Throws<ScenarioException>(() => Scenario.FromFile(file));
        Assert.Equal("simulation.duration is 00:00:00; allowed: 00:00:00.0010000 to 30 days "
            + $"({file}, line 1, column 23).", wrong.Message);
    }

    [Fact]
    public void A_file_without_a_simulation_says_so() =>
        Assert.Contains("no section simulation",
            Assert.Throws<ScenarioException>(() => Scenario.Parse("a = 1")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("smoke")]
    [InlineData("churn")]
    [InlineData("partition-heal")]
    [InlineData("kill-half")]
    [InlineData("slow-peers")]
    [InlineData("flood-attack")]
    [InlineData("chain-sync")]
    public void The_included_scenarios_meet_their_expectations(string name)
    {
        Scenario scenario = Scenario.FromFile(Path.Combine(AppContext.BaseDirectory, "simulations", $"{name}.conf"));
        Assert.Equal(name, scenario.Name);
        Assert.All(scenario.Seeds, seed => Assert.Null(scenario.Run(seed).Failure));
    }

    [Theory]
    [InlineData("mesh-1k", 1_000, 60)]
    [InlineData("mesh-10k", 10_000, 400)]
    public void The_large_scenarios_meet_their_expectations_with_fewer_nodes(string name, int written, int run)
    {
        string file = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "simulations", $"{name}.conf"));
        string smaller = file.Replace($"count = {written}", $"count = {run}", StringComparison.Ordinal);
        Assert.NotEqual(file, smaller);
        Assert.Null(Scenario.Parse(smaller).Run(1).Failure);
    }
}
