using Xunit.Abstractions;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// The memory of whole nodes in a simulation, which must be small enough for thousands of nodes in one test. These
/// tests run alone, because the heap is shared.
/// </summary>
[Collection(nameof(FootprintTests))]
[CollectionDefinition(nameof(FootprintTests), DisableParallelization = true)]
public sealed class FootprintTests(ITestOutputHelper output)
{
    private const int Nodes = 24;
    private const int LinkEnds = Nodes * (Nodes - 1);

    // The aims are 100 KB and 6 KB. The limits are twice as high, because the collector's inaccuracy must not fail a
    // test.
    private const long MostPerNode = 200_000;
    private const long MostPerLinkEnd = 12_000;

    [Fact]
    public void A_simulated_node_and_a_link_end_cost_little()
    {
        // The first measurement is discarded: it includes what a process creates only once.
        Measure(cluster => cluster.FullyMeshed());
        long empty = Managed();
        long unlinked = Measure(cluster => cluster.Unlinked()) - empty;
        long meshed = Measure(cluster => cluster.FullyMeshed()) - empty;

        long perNode = unlinked / Nodes;
        long perLinkEnd = (meshed - unlinked) / LinkEnds;
        output.WriteLine($"{perNode} bytes a node, {perLinkEnd} bytes a link end");
        Assert.InRange(perNode, 1_000, MostPerNode);
        Assert.InRange(perLinkEnd, 1_000, MostPerLinkEnd);
    }

    private static long Measure(Func<Cluster, Cluster> topology)
    {
        long managed = 0;
        topology(Cluster.Of(Nodes)).Run(async cluster =>
        {
            await cluster.UntilConnectedAsync();
            await cluster.Delay(TimeSpan.FromSeconds(10));
            managed = Managed();
        });
        return managed;
    }

    private static long Managed()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
