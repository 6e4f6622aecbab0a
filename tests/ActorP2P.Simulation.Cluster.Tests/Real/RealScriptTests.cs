namespace ActorP2P.Simulation.Tests;

/// <summary>What a run with real nodes does and when.</summary>
public sealed class RealScriptTests
{
    private const string Churning = """
        simulation {
          duration = 60s
          nodes = 10
          broadcasts { every = 1s }
          workload.asks { kind = asks, every = 700ms, pauses = random, from = "node0..node4", to = "50%" }
          timeline {
            churn { at = 5s, churn = "50%", half-life = 10s, away = 3s, for = 40s }
            gone { at = 50s, kill = [ node0, node1 ] }
            back { at = 55s, restart = all }
          }
        }
        """;

    [Fact]
    public void The_same_seed_gives_every_member_the_same_script()
    {
        Scenario scenario = Scenario.Parse(Churning);

        string[] first = Script(scenario, 1);
        Assert.True(first.Length > 100, $"{first.Length} steps");
        Assert.Equal(first, Script(scenario, 1));
        Assert.NotEqual(first, Script(scenario, 2));
    }

    [Fact]
    public void Steps_are_in_order_and_only_running_nodes_send()
    {
        RealScript script = new(Scenario.Parse(Churning), 3);
        bool[] isUp = Enumerable.Repeat(true, 10).ToArray();
        TimeSpan last = TimeSpan.Zero;
        int deaths = 0;
        foreach (RealStep step in script.Steps())
        {
            Assert.True(step.At >= last, $"{step} comes after {last}");
            last = step.At;
            Assert.Equal(step.Kind != RealStepKind.Start, isUp[step.Node]);
            if (step.Kind != RealStepKind.Send)
            {
                isUp[step.Node] = step.Kind == RealStepKind.Start;
                deaths += isUp[step.Node] ? 0 : 1;
            }
        }

        Assert.InRange(deaths, 5, 40);
        Assert.All(isUp, Assert.True);
    }

    [Fact]
    public void Traffic_becomes_asks_and_notifies_at_its_rate()
    {
        RealStep[] steps = [.. new RealScript(Scenario.Parse(
            "simulation { duration = 100s, nodes = 10, traffic { pause = 1s, small-bytes = 50, large-bytes = 9000 } }"),
            1).Steps()];

        Assert.InRange(steps.Count(static step => step.Work!.Kind == WorkloadKind.Asks), 450, 650);
        Assert.InRange(steps.Count(static step => step.Work!.Kind == WorkloadKind.Notifies), 200, 300);
        Assert.InRange(steps.Max(static step => step.Bytes), 5000, 9000);
    }

    [Fact]
    public void What_real_nodes_cannot_do_is_refused_by_name()
    {
        Scenario scenario = Scenario.Parse("""
            simulation {
              network { jitter = 5ms, loss = 1%, slow-start = on }
              groups.nodes { count = 4, application = chain }
              timeline {
                a { at = 1s, partition { one = nodes0, other = nodes1 } }
                b { at = 2s, kill = 1, death = host }
                c { at = 3s, heal = all }
              }
            }
            """);

        string message = Assert.Throws<ScenarioException>(() => RealLimits.Check(scenario)).Message;
        Assert.Contains("timeline.a.partition, timeline.b.death = host, groups.nodes.application", message,
            StringComparison.Ordinal);
        Assert.Equal(
            ["network.jitter", "network.loss", "network.slow-start", "timeline.c.heal"],
            RealLimits.Ignored(scenario));
    }

    [Fact]
    public void Too_many_real_nodes_for_the_processes_are_refused()
    {
        Scenario scenario = Scenario.Parse("simulation.nodes = 2500");

        RealLimits.Check(scenario, members: 3);
        Assert.Contains("2500 real nodes are too many for 2 processes; allowed: 1000 in each",
            Assert.Throws<ScenarioException>(() => RealLimits.Check(scenario, members: 2)).Message,
            StringComparison.Ordinal);
    }

    private static string[] Script(Scenario scenario, ulong seed) =>
        [.. new RealScript(scenario, seed).Steps().Select(static step => $"{step with { Work = null }}")];
}
