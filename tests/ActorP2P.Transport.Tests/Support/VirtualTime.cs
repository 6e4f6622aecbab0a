namespace ActorP2P.Transport.Tests;

/// <summary>
/// A clock that stands still until it is advanced, and then runs its timers in the order of their due times on one
/// thread.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<VirtualTimer, (long Due, long Sequence)> _due = new();
    private long _now;
    private long _sequence;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Runs everything that is due up to <paramref name="span"/> from now, including what this adds for the same time.
    /// </summary>
    public void Advance(TimeSpan span)
    {
        long end = _now + span.Ticks;
        while (_due.TryPeek(out _, out (long Due, long Sequence) next) && next.Due <= end)
        {
            VirtualTimer timer = _due.Dequeue();
            if (timer.Sequence == next.Sequence)
            {
                _now = next.Due;
                timer.Fire();
            }
        }

        _now = end;
    }

    /// <summary>Runs everything that is due now.</summary>
    public void Run() => Advance(TimeSpan.Zero);

    private void Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        timer.Sequence = ++_sequence;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _due.Enqueue(timer, (_now + dueTime.Ticks, timer.Sequence));
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Sequence { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Timeout.InfiniteTimeSpan, period);
            time.Arm(this, dueTime);
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => time.Arm(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
