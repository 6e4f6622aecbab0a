using ActorP2P.Cli.Ping;

namespace ActorP2P.Cli.Tests;

/// <summary>The figures of ping.</summary>
public sealed class PingStatisticsTests
{
    [Fact]
    public void Its_figures_are_those_of_the_round_trips()
    {
        PingStatistics statistics = new() { Sent = 5 };
        foreach (double milliseconds in (double[])[2, 4, 4, 6])
        {
            statistics.Add(TimeSpan.FromMilliseconds(milliseconds));
        }

        Assert.Equal((4, 20.0, 2.0, 4.0, 6.0), (statistics.Received, statistics.LossPercent, statistics.Min,
            statistics.Average, statistics.Max));
        Assert.Equal(Math.Sqrt(2), statistics.Deviation, 1e-9);
    }

    [Fact]
    public void Without_a_round_trip_they_are_0()
    {
        PingStatistics statistics = new() { Sent = 1 };

        Assert.Equal((100.0, 0.0, 0.0, 0.0, 0.0), (statistics.LossPercent, statistics.Min, statistics.Average,
            statistics.Max, statistics.Deviation));
    }
}
