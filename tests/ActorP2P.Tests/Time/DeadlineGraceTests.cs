namespace ActorP2P.Tests.Time;

public sealed class DeadlineGraceTests
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    [Fact]
    public void A_deadline_noticed_in_time_takes_effect_at_once() =>
        Assert.Null(DeadlineGrace.Begin(s_deadline + s_moment, s_deadline, s_deadline, received: 100, waiting: 0));

    [Fact]
    public void A_deadline_in_the_past_takes_effect_at_once()
    {
        TimeSpan now = s_deadline + TimeSpan.FromSeconds(5);
        Assert.Null(DeadlineGrace.Begin(now + s_moment, s_deadline, due: now, received: 0, waiting: 0));
    }

    [Fact]
    public void A_deadline_waits_until_unread_bytes_are_handled()
    {
        TimeSpan now = s_deadline;
        DeadlineGrace grace = DeadlineGrace.Begin(now, s_deadline, s_deadline, received: 100, waiting: 20)!;
        Assert.True(grace.IsFor(s_deadline));

        now = grace.NextLook;
        Assert.False(grace.IsOver(now, received: 119));
        now = grace.NextLook;
        Assert.False(grace.IsOver(now, received: 120));
        now = grace.NextLook;
        Assert.True(grace.IsOver(now, received: 120));
    }

    [Fact]
    public void A_flood_postpones_a_deadline_by_two_seconds_at_most()
    {
        TimeSpan now = s_deadline;
        DeadlineGrace grace = DeadlineGrace.Begin(now, s_deadline, s_deadline, received: 0, waiting: int.MaxValue)!;
        while (!grace.IsOver(now, received: 1))
        {
            now = grace.NextLook;
        }

        Assert.InRange(now - s_deadline, s_longest, s_longest + s_moment);
    }

    [Theory]
    [InlineData(300, 300)]
    [InlineData(60_000, 2_000)]
    public void A_deadline_noticed_late_takes_effect_after_as_long_again(int late, int grace)
    {
        TimeSpan now = s_deadline + TimeSpan.FromMilliseconds(late);
        DeadlineGrace waits = DeadlineGrace.Begin(now, s_deadline, s_deadline, received: 0, waiting: 0)!;
        Assert.Equal(now + TimeSpan.FromMilliseconds(grace), waits.NextLook);
        Assert.False(waits.IsOver(now + s_moment, received: 0));
        Assert.True(waits.IsOver(waits.NextLook, received: 0));
    }
}
