namespace ActorP2P.Protocol.Tests;

public class RoundTripEstimateTests
{
    [Fact]
    public void The_first_round_trip_is_the_mean()
    {
        RoundTripEstimate estimate = default;
        Assert.Null(estimate.Mean);
        estimate.Add(TimeSpan.FromMilliseconds(80));

        Assert.Equal(
            (TimeSpan.FromMilliseconds(80), TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(80)),
            (estimate.Mean!.Value, estimate.Variation, estimate.Least!.Value));
    }

    [Fact]
    public void A_later_one_counts_an_eighth_and_its_distance_a_quarter()
    {
        RoundTripEstimate estimate = default;
        estimate.Add(TimeSpan.FromMilliseconds(80));
        estimate.Add(TimeSpan.FromMilliseconds(160));

        Assert.Equal(
            (TimeSpan.FromMilliseconds(90), TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(80)),
            (estimate.Mean!.Value, estimate.Variation, estimate.Least!.Value));
    }

    [Theory]
    [InlineData(80, 1, 30_000, 1_920)]
    [InlineData(1, 1_000, 30_000, 1_000)]
    [InlineData(5_000, 1_000, 30_000, 30_000)]
    [InlineData(80, 30_000, 30_000, 30_000)]
    [InlineData(80, 30_000, 5_000, 5_000)]
    public void The_patience_follows_the_round_trip_in_its_bounds(int first, int least, int most, int expected)
    {
        RoundTripEstimate estimate = default;
        TimeSpan before = estimate.Patience(Milliseconds(least), Milliseconds(most));
        estimate.Add(Milliseconds(first));

        Assert.Equal(Milliseconds(most), before);
        Assert.Equal(Milliseconds(expected), estimate.Patience(Milliseconds(least), Milliseconds(most)));

        static TimeSpan Milliseconds(int number) => TimeSpan.FromMilliseconds(number);
    }

    [Fact]
    public void Equal_round_trips_vary_less_and_less()
    {
        RoundTripEstimate estimate = default;
        for (int i = 0; i < 100; i++)
        {
            estimate.Add(TimeSpan.FromMilliseconds(20));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(20), estimate.Mean);
        Assert.True(estimate.Variation < TimeSpan.FromMilliseconds(0.001));
    }
}
