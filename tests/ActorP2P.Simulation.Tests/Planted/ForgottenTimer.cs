namespace ActorP2P.Simulation.Tests;

/// <summary>A restarted node forgets one timer in a fixed number: it is set but never fires.</summary>
internal sealed class ForgottenTimer(TimeProvider inner, int oneIn) : TimeProvider
{
    private readonly int _oneIn = oneIn;
    private int _timers;

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Forgetful timer = new(
            this, inner.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A timer may be set many times, and each time counts.</summary>
    private sealed class Forgetful(ForgottenTimer owner, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => ++owner._timers % owner._oneIn == 0
            ? timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
            : timer.Change(dueTime, period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
