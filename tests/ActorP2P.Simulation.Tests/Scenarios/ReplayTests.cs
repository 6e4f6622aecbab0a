namespace ActorP2P.Simulation.Tests.Scenarios;

/// <summary>A seed that is run again to see what happened.</summary>
public class ReplayTests
{
    private static readonly Scenario s_scenario = Scenario.Parse("""
        simulation {
          duration = 20s, nodes = 5, topology { kind = line }
          broadcasts { every = 1s }
          timeline { gone { at = 10s, kill = node2 }, back { at = 12s, restart = all } }
        }
        """);

    [Fact]
    public void Events_of_a_node_in_a_span_are_shown_in_order()
    {
        List<ReplayedEvent> shown = [];
        ScenarioResult result = s_scenario.Replay(
            2, new ReplayFilter { Node = "node1", From = TimeSpan.FromSeconds(9), To = TimeSpan.FromSeconds(14) },
            shown.Add);

        Assert.Equal(s_scenario.Run(2).TraceHash, result.TraceHash);
        Assert.NotEmpty(shown);
        Assert.Equal(shown.Select(static one => one.At).Order(), shown.Select(static one => one.At));
        Assert.All(shown, static one => Assert.InRange(
            one.At, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(14)));
        Assert.All(shown, static one => Assert.True(one.Node == "node1" || one.Text.Contains("> node1 ",
            StringComparison.Ordinal), one.ToString()));
        Assert.Contains(shown, static one => one.Text.Contains("Broadcast", StringComparison.Ordinal));
        Assert.Contains(shown, static one => one.Text.StartsWith("PeerDisconnected", StringComparison.Ordinal));
        Assert.Contains(shown, static one => one.Text.Contains("Reset", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_replays_are_equal_event_by_event()
    {
        List<ReplayedEvent> first = [];
        List<ReplayedEvent> second = [];
        s_scenario.Replay(4, new ReplayFilter(), first.Add);
        s_scenario.Replay(4, new ReplayFilter(), second.Add);

        Assert.True(first.Count > 100, $"{first.Count} events");
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_node_that_there_is_not_is_named() => Assert.Contains(
        "There is no node 'node9'; there are node0 to node4.",
        Assert.Throws<ScenarioException>(() => s_scenario.Replay(
            1, new ReplayFilter { Node = "node9" }, static _ => { })).Message,
        StringComparison.Ordinal);
}
