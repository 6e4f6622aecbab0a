namespace ActorP2P.Determinism;

/// <summary>The clock of one node.</summary>
internal sealed class SimulatedClock(SimulatedNode node) : TimeProvider
{
    private TimeSpan _offset;
    private TimeSpan _virtualBase;
    private TimeSpan _localBase;
    private double _rate = 1;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => SimulatedWorld.Start + _offset + Local;

    public override long GetTimestamp() => Local.Ticks;

    /// <summary>The reading of the node's own stopwatch.</summary>
    private TimeSpan Local => _localBase + ((node.World.Now - _virtualBase) * _rate);

    /// <summary>Sets the clock. The stopwatch continues from its reading at the new rate.</summary>
    public void Set(TimeSpan offset, double rate)
    {
        _localBase = Local;
        _virtualBase = node.World.Now;
        _offset = offset;
        _rate = rate;
    }

    /// <summary>
    /// Converts a span of the node's clock to virtual time. It rounds up, so that a timer is never early.
    /// </summary>
    public TimeSpan ToVirtual(TimeSpan local) =>
        _rate == 1 || local <= TimeSpan.Zero ? local : new TimeSpan((long)Math.Ceiling(local.Ticks / _rate));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SimulatedTimer(node, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
