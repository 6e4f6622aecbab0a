namespace ActorP2P.Simulation.Tests.Scenarios;

/// <summary>What the timeline of a scenario does to its nodes.</summary>
public class TimelineTests
{
    [Fact]
    public void Late_nodes_join_when_the_timeline_says_so()
    {
        ScenarioRecording recording = Scenario.Parse("""
            simulation {
              duration = 20s
              groups { old { count = 4 }, new { count = 6, late = 6 } }
              broadcasts { every = 1s }
              timeline { more { at = 10s, join = 5 } }
              expect { reach = 90% }
            }
            """).Record(1);

        Assert.Null(recording.Result.Failure);
        Assert.Equal(4, recording.Samples.Last(static sample => sample.At < TimeSpan.FromSeconds(10)).NodesUp);
        Assert.Equal(9, recording.Samples[^1].NodesUp);
        Assert.Equal(1, recording.Nodes.Count(static node => node.Lives == 0));
        Assert.Equal("join 5", Assert.Single(recording.Faults).Text);
    }

    [Fact]
    public void Churn_takes_half_of_the_nodes_in_a_half_life()
    {
        ScenarioRecording recording = Scenario.Parse("""
            simulation {
              duration = 70s, nodes = 40, topology { kind = regular, links = 6 }
              timeline { coming-and-going { at = 0s, churn = all, half-life = 30s, away = 10m, for = 60s } }
              expect { sometimes = [ PeerDisconnected ] }
            }
            """).Record(3);

        Assert.Null(recording.Result.Failure);
        // Those that have gone by 30 s are away for longer, and all are back after the 60 s.
        int up = recording.Samples.Last(static sample => sample.At <= TimeSpan.FromSeconds(30)).NodesUp;
        Assert.InRange(up, 12, 28);
        Assert.Equal(40, recording.Samples[^1].NodesUp);
    }

    [Fact]
    public void Slow_links_delay_what_goes_over_them_until_the_end()
    {
        const string Base = """
            simulation {
              duration = 20s, nodes = 5, topology { kind = line }, broadcasts { every = 1s }
            """;
        ScenarioResult usual = Scenario.Parse($"{Base} }}").Run(1);
        ScenarioResult slow = Scenario.Parse(
            $"{Base}, timeline.t {{ at = 5s, slow-down = node2, latency = 300ms }} }}").Run(1);

        Assert.InRange(usual.DeliveryMax, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
        // Two links of the line lead to node2.
        Assert.InRange(slow.DeliveryMax, TimeSpan.FromMilliseconds(600), TimeSpan.FromMilliseconds(700));
    }

    [Fact]
    public void A_lost_disk_empties_the_store_of_its_node()
    {
        Keeper keeper = new();
        Scenario scenario = Scenario.Parse("""
            simulation {
              duration = 30s
              groups { a { count = 3, application = keeper } }
              topology { kind = full }
              timeline {
                gone { at = 10s, lose-disk = a1 }
                dead { at = 11s, kill = a2 }
                back { at = 20s, restart = all }
              }
            }
            """) with
        {
            Applications = new Dictionary<string, Func<ScenarioApplication>> { ["keeper"] = () => keeper },
        };

        Assert.Null(scenario.Run(1).Failure);

        Assert.Equal(["a0 1", "a1 1", "a1 1", "a2 1", "a2 2"], keeper.Starts.Order());
    }

    /// <summary>Counts the starts of a node in its store.</summary>
    private sealed class Keeper : ScenarioApplication
    {
        public List<string> Starts { get; } = [];

        protected override Task RunAsync(Cluster cluster, ClusterNode node)
        {
            int count = node.Store.TryGetValue("starts", out object? known) ? (int)known + 1 : 1;
            node.Store["starts"] = count;
            Starts.Add($"{node.Name} {count}");
            return Task.CompletedTask;
        }
    }
}
