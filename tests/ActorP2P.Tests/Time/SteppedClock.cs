namespace ActorP2P.Tests.Time;

/// <summary>
/// A clock whose time of day is set as a person or a time server sets it, while its timestamps advance as before.
/// </summary>
internal sealed class SteppedClock(TimeProvider time, TimeZoneInfo zone) : TimeProvider
{
    /// <summary>The time of day to which the clock was last set; null for the true time.</summary>
    public DateTimeOffset? SetTo { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => zone;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => SetTo ?? time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
