using System.Collections.Concurrent;

namespace ActorP2P.Simulation.Tests;

/// <summary>Bans under kills, restarts and steps of the clock, from many seeds.</summary>
public sealed class BanFaultsTests
{
    private const int Count = 50;

    [Fact]
    public void A_confirmed_ban_holds_over_kills_and_clock_steps_and_ends()
    {
        ConcurrentBag<BanScenario> runs = [];
        foreach (ulong seed in Seeds.From(1, Count))
        {
            BanScenario run = new(seed);
            run.Run();
            runs.Add(run);
        }

        if (Seeds.Asked is not null)
        {
            return;
        }

        // Each thing that the scenario is about has really happened.
        Assert.True(runs.Sum(run => run.RefusedAfterKill) > Count, "Too few refusals after a kill.");
        Assert.True(runs.Sum(run => run.RefusedAfterStop) > Count / 4, "Too few refusals after an orderly restart.");
        Assert.True(runs.Sum(run => run.AdmittedAfterEnd) > Count, "Too few bans have ended.");
        Assert.True(runs.Sum(run => run.AdmittedAfterLift) > Count / 4, "Too few bans were lifted.");
        Assert.True(runs.Sum(run => run.Closed) > Count / 4, "Too few connections were closed by a ban.");
        Assert.True(runs.Sum(run => run.Steps) > Count, "Too few steps of the clock.");
    }
}
