namespace ActorP2P.Simulation.Tests.Scenarios;

/// <summary>The messages that the groups of a scenario send.</summary>
public class WorkloadTests
{
    [Fact]
    public void Each_kind_of_message_is_sent_and_ends()
    {
        ScenarioResult result = Scenario.Parse("""
            simulation {
              duration = 20s, nodes = 8
              workload {
                news { kind = broadcasts, from = "node0..node3", every = 2s, bytes = 1 KiB, most-bytes = 64 KiB }
                questions { kind = asks, to = node7, every = 100ms, answer-bytes = 10 KiB, pauses = random }
                notes { kind = notifies, every = 50ms, start = 5s, end = 10s }
                files { kind = streams, every = 5s, bytes = 300 KiB, from = node1, to = node2 }
              }
              expect { reach = 100%, answered = 100%, asks-ended = 100%, streamed = 100% }
            }
            """).Run(1);

        Assert.Null(result.Failure);
        Assert.Equal((10, 4), (result.Broadcasts, result.Streams));
        Assert.InRange(result.Asks, 140, 260);
    }

    [Fact]
    public void Several_messages_in_a_millisecond_are_all_sent()
    {
        ScenarioResult result = Scenario.Parse("""
            simulation {
              duration = 1s, nodes = 2
              workload.many { kind = asks, every = 100us, bytes = 8, from = node0 }
            }
            """).Run(1);

        Assert.Null(result.Failure);
        Assert.InRange(result.Asks, 9_000, 10_000);
    }

    [Fact]
    public void Nodes_that_send_what_nobody_can_read_lose_their_peers()
    {
        ScenarioResult result = Scenario.Parse("""
            simulation {
              duration = 20s
              groups { honest { count = 6 }, bad { count = 2, role = attacker } }
              topology { kind = full }
              broadcasts { every = 1s }
              workload.flood { kind = malformed-notifies, from = bad, every = 20ms, start = 5s }
              expect { reach = 100%, reasons = [ Penalised ], sometimes = [ PeerPenalised ] }
            }
            """).Run(1);

        Assert.Null(result.Failure);
        Assert.True(result.Reasons["Penalised"] >= 12, $"{result.Reasons["Penalised"]} ends");
    }

    [Fact]
    public void Limits_of_bytes_and_memory_are_checked()
    {
        ScenarioResult result = Scenario.Parse("""
            simulation {
              duration = 5s, nodes = 4, broadcasts { every = 1s, bytes = 100 KiB }
              expect { bytes-per-node = 1 KiB, memory = 1, delivery-p50 = 1us, delivery-p90 = 1us }
            }
            """).Run(1);

        Assert.All(
            ["bytes-per-node is ", "memory is ", "delivery-p50 is ", "delivery-p90 is "],
            said => Assert.Contains(said, result.Failure, StringComparison.Ordinal));
    }

    [Fact]
    public void What_must_happen_sometimes_is_looked_for_in_all_results()
    {
        Scenario scenario = Scenario.Parse("""
            simulation {
              duration = 2s, nodes = 3, seeds.count = 2
              expect.sometimes = [ PeerConnected, Opened, EvenSeed, Never ]
            }
            """) with { Checkers = [static () => new EvenSeeds()] };
        ScenarioResult[] results = [.. scenario.Seeds.Select(seed => scenario.Run(seed))];

        Assert.Equal(["Never"], scenario.Expect.NeverSeen(results));
        Assert.Equal(["EvenSeed", "Never"], scenario.Expect.NeverSeen(results[..1]));
    }

    private sealed class EvenSeeds : Checker
    {
        protected override void OnSettled() => Sometimes("EvenSeed", Cluster.Seed % 2 == 0);
    }
}
