namespace ActorP2P.Simulation.Tests;

/// <summary>Times that members count and add up.</summary>
public sealed class DelayHistogramTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.9, 900)]
    [InlineData(0.99, 990)]
    [InlineData(1, 1000)]
    public void Shares_are_at_most_a_hundredth_too_long(double share, int milliseconds)
    {
        DelayHistogram even = new();
        DelayHistogram all = new();
        for (int i = 1; i <= 1000; i++)
        {
            (i % 2 == 0 ? even : all).Add(TimeSpan.FromMilliseconds(i));
        }

        all.Add(even.Counts);

        Assert.Equal(1000, all.Count);
        Assert.InRange(all.At(share).TotalMilliseconds, milliseconds * 0.999, milliseconds * 1.011);
    }

    [Fact]
    public void A_time_below_zero_counts_as_a_microsecond()
    {
        DelayHistogram delays = new();
        delays.Add(TimeSpan.FromMilliseconds(-3));

        Assert.Equal(TimeSpan.FromMicroseconds(1), delays.At(1));
        Assert.Equal(TimeSpan.Zero, new DelayHistogram().At(1));
    }
}
