using System.Text.Json.Serialization;

namespace ActorP2P.Simulation.Tests.Scenarios.Snippets;

/// <summary>The code of <c>docs/simulation.md</c>, as it runs.</summary>
public sealed partial class SimulationPage
{
    private const string Hocon = """
        simulation {
          duration = 60s
          groups.miners { count = 6, application = chain }
          topology { kind = ring }
          timeline {
            apart { at = 10s, partition { left = "miners0..miners2", right = "miners3..miners5" } }
            whole { at = 40s, heal = all }
          }
        }
        """;

    [Fact]
    public void All_are_on_one_tip_when_a_partition_is_over()
    {
        // snippet: a scenario with an application and a checker
        Chain chain = new();
        Scenario scenario = Scenario.Parse(Hocon) with
        {
            Applications = new Dictionary<string, Func<ScenarioApplication>> { ["chain"] = () => chain },
            Checkers = [() => new AllOnOneTip(chain)],
        };
        ScenarioResult result = scenario.Run(seed: 1);
        // end

        Assert.Null(result.Failure);
        Assert.Equal(6, chain.Tips.Count);
        Assert.InRange(chain.Tips["miners5"], 40, 50);
    }

    // snippet: an application
    private sealed class Chain : ScenarioApplication
    {
        public SortedDictionary<string, int> Tips { get; } = new(StringComparer.Ordinal);

        protected override void Configure(ProtocolBuilder protocol, ClusterNode node) => protocol
            .UseJson(0x0101, ChainJson.Default.Tip)
            .OnBroadcast<Tip>((tip, _) =>
            {
                Tips[node.Name] = Math.Max(Tips.GetValueOrDefault(node.Name), tip.Height);
                return Verdict.Accept;
            });

        protected override async Task RunAsync(Cluster cluster, ClusterNode node)
        {
            // One miner finds a block each second for 45 seconds, and every node tells its tip again and again.
            while (node.IsUp)
            {
                int height = (int)Math.Min(45, cluster.World.Now.TotalSeconds);
                Tips[node.Name] = Math.Max(Tips.GetValueOrDefault(node.Name), node.Name == "miners0" ? height : 0);
                await node.Node.BroadcastAsync(new Tip(Tips[node.Name], node.Name, cluster.World.Now));
                await Task.Delay(TimeSpan.FromSeconds(1), node.TimeProvider);
            }
        }
    }
    // end

    // snippet: a checker
    private sealed class AllOnOneTip(Chain chain) : Checker
    {
        protected override void OnSettled()
        {
            if (chain.Tips.Values.Distinct().Count() > 1)
            {
                Fail($"Not on one tip: {string.Join(", ", chain.Tips)}.");
            }
        }
    }
    // end

    internal sealed record Tip(int Height, string Node, TimeSpan At);

    [JsonSerializable(typeof(Tip))]
    internal sealed partial class ChainJson : JsonSerializerContext;
}
