namespace ActorP2P.Actors;

/// <summary>The clock of one node.</summary>
internal sealed class SimulatedTime(SimulatedNode node) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => node.LocalTimeOfDay;

    public override long GetTimestamp() => node.LocalNow.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SimulatedTimer(node, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
