namespace ActorP2P.Tests.Bans;

/// <summary>A clock whose time of day a test sets; its timers and its measure of time are not affected.</summary>
internal sealed class ShiftedClock(TimeProvider time) : TimeProvider
{
    /// <summary>How far the time of day is from that of the other clock.</summary>
    public TimeSpan Shift { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Shift;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
