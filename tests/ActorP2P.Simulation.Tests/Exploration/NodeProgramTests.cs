using Xunit.Abstractions;

namespace ActorP2P.Simulation.Tests.Exploration;

/// <summary>Whole nodes under many schedules: programs that once showed bugs show them no more.</summary>
public sealed class NodeProgramTests(ITestOutputHelper output)
{
    [Fact]
    public void No_notify_overtakes_one_that_waits()
    {
        Check(200, NodePrograms.NotifiesWaitForHandlersAsync);
    }

    [Fact]
    public void Every_broadcast_of_a_storm_arrives()
    {
        Check(10, NodePrograms.BroadcastsAreSentAtOnceAsync);
    }

    private void Check(int schedules, Func<ExploredRun, Task> program)
    {
        ExplorationReport report = Explore.Find(
            new ExploreOptions { Schedules = schedules, ReportFolder = "" }, program);

        output.WriteLine(report.ToString());
        Assert.True(report.IsSuccess);
        Assert.Equal(schedules, report.Schedules);
    }
}
