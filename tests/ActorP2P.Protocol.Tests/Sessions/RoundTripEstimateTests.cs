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
