using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// This test runs alone because it uses every thread of the pool; a test beside it would wait for seconds.
/// </summary>
[Collection(nameof(ManySeedsTests))]
[CollectionDefinition(nameof(ManySeedsTests), DisableParallelization = true)]
public sealed class ManySeedsTests(ITestOutputHelper output)
{
    // ACTORP2P_SEEDS sets a larger number. A thousand seeds take about 26 s on two cores.
    private static readonly int Count = int.TryParse(
        Environment.GetEnvironmentVariable("ACTORP2P_SEEDS"), out int count) ? count : 1000;

    [Fact]
    public void Ten_nodes_keep_their_promises_under_random_faults()
    {
        ConcurrentDictionary<ulong, ScenarioFailedException> failures = new();
        long frames = 0;
        Parallel.ForEach(Seeds.From(1, Count), seed =>
        {
            try
            {
                Interlocked.Add(ref frames, RandomFaults.Of(seed).RunFor(TimeSpan.FromSeconds(40)).Frames);
            }
            catch (ScenarioFailedException failure)
            {
                failures[seed] = failure;
            }
        });
        output.WriteLine($"{Count} seeds, {frames} frames");
        foreach (IGrouping<string, KeyValuePair<ulong, ScenarioFailedException>> group in failures
            .OrderBy(item => item.Key).GroupBy(item => item.Value.Checker))
        {
            output.WriteLine(
                $"{group.Key}: {group.Count()} seeds: {string.Join(' ', group.Take(10).Select(item => item.Key))}");
            output.WriteLine(group.First().Value.ToString());
        }

        Assert.True(failures.IsEmpty, failures.OrderBy(item => item.Key).FirstOrDefault().Value?.Message);
    }
}
