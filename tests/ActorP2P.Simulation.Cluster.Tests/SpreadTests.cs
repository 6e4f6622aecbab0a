namespace ActorP2P.Simulation.Tests;

/// <summary>One world whose nodes are spread over threads, or over several worlds that exchange windows.</summary>
public sealed class SpreadTests
{
    private const string Calm = """
        simulation {
          name = calm
          duration = 20s
          nodes = 16
          topology { kind = random, dials = 3 }
          network { latency = 10ms, jitter = 5ms, loss = 1% }
          broadcasts { every = 1s, bytes = 1 KiB }
          traffic { pause = 1s, large-bytes = 70000 }
          workload {
            questions { kind = asks, every = 500ms, to = all }
            whispers { kind = notifies, every = 300ms, pauses = random }
            files { kind = streams, every = 4s, bytes = 100 KiB }
          }
          spread.members = 2
          expect { reach = 100%, answered = 100%, streamed = 100% }
        }
        """;

    // Deaths of processes and of hosts, restarts, churn, a partition, slow readers, clocks, and nodes that join late.
    private const string Stormy = """
        simulation {
          name = stormy
          duration = 60s
          groups { seeds { count = 4, role = bootstrap, region = east }, others { count = 14, late = 2 } }
          topology { kind = bootstrap, dials = 3 }
          network {
            latency = 30ms, jitter = 10ms, loss = 1%, refusals = 2%, resets = 0.01%
            regions { east { share = 50%, latency { east = 5ms } }, west { share = 50%, latency { west = 8ms } } }
          }
          broadcasts { every = 1s, bytes = 2 KiB }
          traffic { pause = 2s, large-bytes = 70000, ask-timeout = 60s }
          node.dial.max-backoff = 5s
          timeline {
            a { at = 5s, kill = 3 }
            b { at = 8s, kill = 2, death = host }
            c { at = 12s, join = 2 }
            d { at = 15s, restart = all }
            e { at = 20s, partition { one = seeds, other = others } }
            f { at = 30s, heal = all }
            g { at = 32s, slow-readers = 3, bytes-per-second = 20000 }
            h { at = 34s, slow-down = 2, latency = 100ms, loss = 5% }
            i { at = 36s, clock = 2, offset = 3s, rate = 1.01 }
            j { at = 40s, churn = 6, half-life = 5s, away = 3s, for = 12s }
          }
          spread.members = 2
        }
        """;

    [Theory]
    [InlineData(Calm)]
    [InlineData(Stormy)]
    public void The_trace_is_that_of_one_process(string file)
    {
        Scenario scenario = Scenario.Parse(file);
        ScenarioResult whole = scenario.Run(1);
        Assert.Null(whole.Failure);

        foreach (int parts in (int[])[1, 2, 4])
        {
            Assert.All(SpreadRun.Run(scenario, 1, parts), part => Same(whole, part));
        }
    }

    [Theory]
    [InlineData(Calm)]
    [InlineData(Stormy)]
    public void The_trace_does_not_depend_on_threads(string file)
    {
        Scenario scenario = Scenario.Parse(file);
        ScenarioResult whole = scenario.Run(2);
        Assert.Null(whole.Failure);

        foreach (int threads in (int[])[2, 4])
        {
            Same(whole, new ScenarioRun(scenario, 2, new RunOptions { Threads = threads }).Run());
        }
    }

    [Fact]
    public void Another_seed_gives_another_trace()
    {
        Scenario scenario = Scenario.Parse(Calm);

        Assert.NotEqual(SpreadRun.Run(scenario, 1, 2)[0].TraceHash, SpreadRun.Run(scenario, 2, 2)[0].TraceHash);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Each_member_runs_its_share_of_the_events(int parts)
    {
        SpreadFigures spread = SpreadRun.Run(Scenario.Parse(Calm), 1, parts)[0].Spread!;

        Assert.All(spread.Events, events => Assert.True(events >= 0.15 * spread.Events.Sum(), $"{events}"));
        Assert.True(spread.Windows > 100, $"{spread.Windows}");
    }

    [Theory]
    [InlineData("lose", "so one was lost or doubled")]
    [InlineData("double", "so one was lost or doubled")]
    [InlineData("lose a segment", "does not have the segments that it says")]
    [InlineData("delay a segment", "came too late")]
    [InlineData("another run", "a message of run 0 in run 1")]
    [InlineData("cut off", "a message of run 0 in run 1")]
    public void A_damaged_window_ends_the_world(string damage, string said)
    {
        IReadOnlyList<ScenarioResult> results = SpreadRun.Run(
            Scenario.Parse(Calm), 1, 3,
            (part, windows) => part == 1 ? new DamagedWindows(windows, damage, which: 50) : windows);

        Assert.All(results, static result => Assert.False(result.Passed));
        Assert.Contains(said, results[0].Failure, StringComparison.Ordinal);
        Assert.All(results, static result => Assert.Matches(
            @"member 1: .* \(window \d+, virtual time 00:00:\d\d", result.Failure));
    }

    [Theory]
    [InlineData("network.classes.home { share = 100%, up = 1 MiB }", "network.classes")]
    [InlineData("groups.miners { count = 3, application = chain }", "the application 'chain' of the group miners")]
    public void What_cannot_be_spread_is_refused(string part, string said)
    {
        ScenarioException refused = Assert.Throws<ScenarioException>(() => Scenario
            .Parse($$"""simulation { duration = 1s, spread.members = 2, {{part}} }""").Run(1));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checker_of_ones_own_is_refused()
    {
        Scenario scenario = Scenario.Parse(Calm) with { Checkers = [static () => new Connectivity()] };

        Assert.Contains(
            "a checker of your own", Assert.Throws<ScenarioException>(() => scenario.Run(1)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("members = 0", "members is 0; allowed: 1 to 20")]
    [InlineData("members = 21", "members is 21; allowed: 1 to 20")]
    [InlineData("on-loss = hope", "on-loss is hope; allowed: fail, run-again")]
    [InlineData("member = 2", "did you mean members?")]
    public void A_spread_that_makes_no_sense_is_refused(string spread, string said) => Assert.Contains(
        said,
        Assert.Throws<ScenarioException>(() => Scenario.Parse($$"""simulation { spread { {{spread}} } }""")).Message,
        StringComparison.Ordinal);

    private static void Same(ScenarioResult whole, ScenarioResult part)
    {
        Assert.Null(part.Failure);
        Assert.Equal(
            whole with { Spread = null, Reasons = new Dictionary<string, int>(), Seen = [] },
            part with { Spread = null, Reasons = new Dictionary<string, int>(), Seen = [] },
            static (one, other) => one.ToString() == other.ToString());
        Assert.Equal(whole.Reasons, part.Reasons);
        Assert.Equal(whole.Seen, part.Seen);
    }
}
