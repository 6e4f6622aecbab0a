using Xunit.Abstractions;

namespace ActorP2P.TestKit.Tests;

/// <summary>What the checkers are for: nodes with one fault each are found out.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int MaxSeeds = 200;

    [Fact]
    public void A_response_dropped_in_ten_thousand_is_found() => Find(new DroppedResponse(oneIn: 10_000), nameof(NoResponseLost));

    [Fact]
    public void A_goodbye_without_reason_is_found() => Find(new SilentGoodbye(), nameof(ReasonedCloses));

    [Fact]
    public void A_relay_that_loops_is_found() => Find(new LoopingRelay(oneIn: 1_000), nameof(NothingTwice));

    [Fact]
    public void A_second_delivery_after_a_reconnect_is_found() => Find(new SecondDelivery(), nameof(NothingTwice), nameof(LaneOrder));

    [Fact]
    public void A_timer_forgotten_after_a_restart_is_found() => Find(
        cluster => cluster.WithTimeProvider((node, time) => node.Incarnation > 1 ? new ForgottenTimer(time, oneIn: 4) : time),
        nameof(Connectivity), nameof(EveryAskEnds), nameof(NoResponseLost));

    [Fact]
    public void A_budget_not_charged_is_found() => Find(
        cluster => cluster.At(TimeSpan.FromSeconds(10), _ => UnchargedMessage.HappenAt(cluster.Nodes[(int)(cluster.Seed % 10)])),
        nameof(BudgetsReturned));

    private void Find(IPlantedFault fault, params string[] checkers) =>
        Find(cluster => cluster.WithTransport((node, transport) => new PlantedTransport(node.Name, transport, fault)), checkers);

    private void Find(Func<Cluster, Cluster> plant, params string[] checkers)
    {
        for (ulong seed = 1; seed <= MaxSeeds; seed++)
        {
            try
            {
                plant(RandomFaults.Of(seed)).RunFor(TimeSpan.FromSeconds(40));
            }
            catch (ScenarioFailedException failure)
            {
                output.WriteLine($"found with seed {seed} after {failure.VirtualTime:c}: {failure.Message.Split('\n')[0]}");
                Assert.Contains(failure.Checker, checkers);
                return;
            }
        }

        Assert.Fail($"Not found within {MaxSeeds} seeds.");
    }
}
