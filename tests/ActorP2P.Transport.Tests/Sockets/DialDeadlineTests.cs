namespace ActorP2P.Transport.Tests;

public class DialDeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly HeldTime _time = new();

    [Fact]
    public async Task A_timer_that_is_in_time_ends_the_dial()
    {
        using DialDeadline deadline = new(Limit, _time);
        _time.Now = Limit + TimeSpan.FromMilliseconds(249);
        await _time.FireAsync(Limit);
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(60_000, 2_000)]
    public async Task A_late_timer_gives_the_dial_as_long_again(int lateMilliseconds, int moreMilliseconds)
    {
        using DialDeadline deadline = new(Limit, _time);
        _time.Now = Limit + TimeSpan.FromMilliseconds(lateMilliseconds);
        await _time.FireAsync(Limit);
        Assert.False(deadline.Token.IsCancellationRequested);

        _time.Now += TimeSpan.FromHours(1);
        await _time.FireAsync(TimeSpan.FromMilliseconds(moreMilliseconds));
        Assert.True(deadline.Token.IsCancellationRequested);
    }
}
