using System.Runtime.CompilerServices;
using ActorP2P.Simulation.Tests.Exploration;
using Xunit.Abstractions;

namespace ActorP2P.Undone.Tests;

/// <summary>Exploration finds two bugs that the project once had, in a build without their corrections.</summary>
public sealed class UndoneTests(ITestOutputHelper output)
{
    // Twelve, and those of the connection's start.
    private const int MostMessages = 30;

    [Fact]
    public void A_notify_that_overtakes_is_found_and_made_small()
    {
        ExplorationFailure failure = Find(NodePrograms.NotifiesWaitForHandlersAsync, NodePrograms.InOrder);

        Assert.True(failure.IsShrunk);
        Assert.InRange(failure.Schedule, 1, 1_000);
        Assert.InRange(failure.Diagram.Messages.Count, 1, MostMessages);
    }

    [Fact]
    public void The_broadcast_storm_is_found()
    {
        Find(NodePrograms.BroadcastsAreSentAtOnceAsync, NodePrograms.AllArrive);
    }

    private ExplorationFailure Find(
        Func<ExploredRun, Task> program, string claim, [CallerMemberName] string name = "")
    {
        ExplorationReport report = Explore.Find(
            new ExploreOptions { Schedules = 1_000, ReportFolder = "" }, program, name);

        ExplorationFailure failure = Assert.Single(report.Failures);
        output.WriteLine(failure.ToString()[..Math.Min(10_000, failure.ToString().Length)]);
        Assert.Contains(claim, failure.Cause, StringComparison.Ordinal);
        Assert.True(failure.Repeats);
        return failure;
    }
}
