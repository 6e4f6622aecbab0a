using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests.Scenarios;

/// <summary>Nodes whose lines have a bandwidth.</summary>
public class ClassTests
{
    [Theory]
    // The sender's line carries both streams; each receiver could take more.
    [InlineData("up = 200 KiB", "down = 10 MiB", 2, 10.0)]
    // Each receiver's line is the narrow one, so both streams have its whole bandwidth.
    [InlineData("up = 10 MiB", "down = 200 KiB", 2, 5.0)]
    [InlineData("up = 200 KiB", "down = 200 KiB", 1, 5.0)]
    public void Streams_share_the_lines_of_their_nodes(string up, string down, int receivers, double seconds)
    {
        Finishes finishes = new();
        Scenario scenario = Scenario.Parse($$"""
            simulation {
              duration = 40s
              groups { source { count = 1, class = source }, sink { count = {{receivers}}, names = "sink{}", class = sink } }
              topology { kind = full }
              network { latency = 1ms, classes { source { {{up}} }, sink { {{down}} } } }
              workload {
                one { kind = streams, from = source, to = sink0, every = 10s, end = 10s, bytes = 1000 KiB }
                other {
                  kind = streams, from = source, to = sink{{receivers - 1}}, every = 10s, end = 10s
                  bytes = {{(receivers == 1 ? "8" : "1000 KiB")}}
                }
              }
              expect { streamed = 100% }
            }
            """) with { Checkers = [() => finishes] };

        Assert.Null(scenario.Run(1).Failure);

        Assert.InRange(finishes.Last - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(seconds * 0.97),
            TimeSpan.FromSeconds((seconds * 1.06) + 0.1));
    }

    [Fact]
    public void A_narrow_receiver_leaves_the_rest_of_a_line_to_others()
    {
        Finishes finishes = new();
        Scenario scenario = Scenario.Parse("""
            simulation {
              duration = 40s
              groups {
                source { count = 1, class = source }
                wide { count = 1, class = wide }
                narrow { count = 1, class = narrow }
              }
              topology { kind = full }
              network { latency = 1ms, classes { source { up = 1000 KiB }, wide {}, narrow { down = 100 KiB } } }
              workload {
                slow { kind = streams, from = source, to = narrow, every = 10s, end = 10s, bytes = 1000 KiB }
                fast { kind = streams, from = source, to = wide, every = 10s, end = 10s, bytes = 4500 KiB }
              }
              expect { streamed = 100% }
            }
            """) with { Checkers = [() => finishes] };

        Assert.Null(scenario.Run(1).Failure);

        // The wide one gets 900 of the 1,000 KiB, not half of them.
        Assert.InRange(finishes.Of["wide"] - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(4.8),
            TimeSpan.FromSeconds(5.6));
        Assert.InRange(finishes.Of["narrow"] - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(9.4),
            TimeSpan.FromSeconds(11));
    }

    [Fact]
    public void A_broadcast_waits_for_a_narrow_line()
    {
        const string File = """
            simulation {
              duration = 20s, nodes = 6, topology { kind = full }
              broadcasts { every = 5s, bytes = 50 KiB }
              network { latency = 1ms, classes { home { up = 100 KiB } } }
            }
            """;
        ScenarioResult slow = Scenario.Parse(File).Run(1);
        ScenarioResult fast = Scenario.Parse(File.Replace("100 KiB", "100 MiB", StringComparison.Ordinal)).Run(1);

        Assert.Equal((1, 1), (slow.Reach, fast.Reach));
        Assert.InRange(fast.DeliveryMax, TimeSpan.Zero, TimeSpan.FromMilliseconds(60));
        // Five copies leave the sender at 100 KiB a second.
        Assert.InRange(slow.DeliveryMax, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(3));
    }

    /// <summary>When each receiver sent its last frame of a stream, which says that it has read everything.</summary>
    private sealed class Finishes : Checker
    {
        public SortedDictionary<string, TimeSpan> Of { get; } = new(StringComparer.Ordinal);

        public TimeSpan Last => Of.Values.Max();

        protected override void OnFrame(in WireFrame frame)
        {
            if (frame.Header.Kind is FrameKind.StreamEnd && frame.Destination == "source")
            {
                Of[frame.Source] = frame.At;
            }
        }
    }
}
