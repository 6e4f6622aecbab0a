using System.Runtime.CompilerServices;
using Xunit.Abstractions;

namespace ActorP2P.Simulation.Tests;

/// <summary>The checkers find each node with a planted fault.</summary>
public sealed class PlantedFaultTests(ITestOutputHelper output)
{
    private const int MaxSeeds = 200;

    [Fact]
    public void A_response_dropped_in_ten_thousand_is_found() =>
        Find(seed => new DroppedResponse(oneIn: 10_000, seed), [nameof(NoResponseLost)]);

    [Fact]
    public void A_goodbye_without_reason_is_found() => Find(_ => new SilentGoodbye(), [nameof(ReasonedCloses)]);

    [Fact]
    public void A_relay_that_loops_is_found() =>
        Find(seed => new LoopingRelay(oneIn: 1_000, seed), [nameof(NothingTwice)]);

    [Fact]
    public void A_second_delivery_after_a_reconnect_is_found() =>
        Find(_ => new SecondDelivery(), [nameof(NothingTwice), nameof(LaneOrder)]);

    [Fact]
    public void A_timer_forgotten_after_a_restart_is_found() => Find(
        cluster =>
            cluster.WithTimeProvider((node, time) => node.Incarnation > 1 ? new ForgottenTimer(time, oneIn: 4) : time),
        [nameof(Connectivity), nameof(EveryAskEnds), nameof(NoResponseLost), nameof(ReasonedCloses)]);

    [Fact]
    public void A_budget_not_charged_is_found() => Find(
        cluster => cluster.At(
            TimeSpan.FromSeconds(10), _ => UnchargedMessage.HappenAt(cluster.Nodes[(int)(cluster.Seed % 10)])),
        [nameof(BudgetsReturned)]);

    [Fact]
    public void A_budget_not_returned_is_found() => Find(
        cluster => cluster.At(
            TimeSpan.FromSeconds(10), _ => KeptCharge.HappenAt(cluster.Nodes[(int)(cluster.Seed % 10)])),
        [nameof(BudgetsReturned)]);

    private void Find(Func<ulong, IPlantedFault> make, string[] checkers, [CallerMemberName] string test = "") => Find(
        cluster =>
        {
            IPlantedFault fault = make(cluster.Seed);
            return cluster.WithTransport((node, transport) => new PlantedTransport(node.Name, transport, fault));
        },
        checkers,
        test);

    private void Find(Func<Cluster, Cluster> plant, string[] checkers, [CallerMemberName] string test = "")
    {
        foreach (ulong seed in Seeds.From(1, MaxSeeds))
        {
            if (Run(seed) is not { } failure)
            {
                continue;
            }

            output.WriteLine($"found with seed {seed} after {failure.VirtualTime:c}: {failure.Message.Split('\n')[0]}");
            Assert.Contains(failure.Checker, checkers);
            Assert.Contains($"{Seeds.Variable}={seed} dotnet test --filter \"FullyQualifiedName~{test}\"",
                failure.Message, StringComparison.Ordinal);
            Assert.Equal(failure.Message, Run(seed)?.Message);
            return;
        }

        Assert.Fail($"Not found within {MaxSeeds} seeds.");

        ScenarioFailedException? Run(ulong seed)
        {
            try
            {
                plant(RandomFaults.Of(seed, test)).RunFor(TimeSpan.FromSeconds(40));
                return null;
            }
            catch (ScenarioFailedException failure)
            {
                return failure;
            }
        }
    }
}
