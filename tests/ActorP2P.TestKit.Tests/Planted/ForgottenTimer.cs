namespace ActorP2P.TestKit.Tests;

/// <summary>A node that was restarted forgets one timer in so many: it is set, and never goes off.</summary>
internal sealed class ForgottenTimer(TimeProvider inner, int oneIn) : TimeProvider
{
    private int _timers;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        ++_timers % oneIn == 0
            ? inner.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
            : inner.CreateTimer(callback, state, dueTime, period);
}
