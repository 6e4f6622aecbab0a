using BlockMesh.Mesh;

namespace BlockMesh.Tests.Mesh;

public sealed class PacerTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(95)]
    [InlineData(1000)]
    public async Task The_pace_limits_the_blocks_of_every_second(int pace)
    {
        var pacer = new Pacer(pace, _time);
        int granted = 0;
        while (_time.Now < TimeSpan.FromSeconds(10))
        {
            Task<int> take = pacer.TakeAsync(8, CancellationToken.None).AsTask();
            while (_time.HasTimers)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
            }

            granted += await take;
        }

        // A timer fires at the next whole millisecond, so a fast pace is not quite reached. The last grant may exceed
        // the end.
        Assert.InRange(granted, 7 * pace, (10 * pace) + (pace / 10));
    }

    [Fact]
    public async Task Takers_are_served_in_their_order()
    {
        var pacer = new Pacer(1, _time);
        Task<int> first = pacer.TakeAsync(8, CancellationToken.None).AsTask();
        Task<int> second = pacer.TakeAsync(8, CancellationToken.None).AsTask();

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await first);
        Assert.False(second.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task A_caller_that_would_wait_too_long_gets_no_slot()
    {
        var pacer = new Pacer(1, _time);
        List<Task<int>> waiting =
            [.. Enumerable.Range(0, 5).Select(_ => pacer.TakeAsync(1, CancellationToken.None).AsTask())];

        Assert.Equal(0, await pacer.TakeAsync(1, CancellationToken.None));
        Assert.All(waiting, take => Assert.False(take.IsCompleted));
    }

    [Fact]
    public async Task A_taker_that_gives_up_ends_as_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        Task<int> take = new Pacer(1, _time).TakeAsync(1, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => take);
    }
}
