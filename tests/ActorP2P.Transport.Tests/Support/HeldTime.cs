namespace ActorP2P.Transport.Tests;

/// <summary>
/// A clock that stands still; each timer fires when the test says so. For threads of the pool, unlike VirtualTime.
/// </summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TimeSpan, TaskCompletionSource<HeldTimer>> _timers = [];

    /// <summary>Waits until a timer with this wait is started, and fires it.</summary>
    public async Task FireAsync(TimeSpan due) => (await Of(due).Task.WaitAsync(Waits.Guard)).Fire();

    /// <summary>What the clock shows; the test sets it.</summary>
    public TimeSpan Now { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TaskCompletionSource<HeldTimer> Of(TimeSpan due)
    {
        lock (_lock)
        {
            return _timers.TryGetValue(due, out TaskCompletionSource<HeldTimer>? known)
                ? known
                : _timers[due] = new TaskCompletionSource<HeldTimer>(
                    TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private sealed class HeldTimer(HeldTime time, TimerCallback callback, object? state) : ITimer
    {
        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Of(dueTime).TrySetResult(this);
            return true;
        }

        public void Dispose()
        {
            // A timer that nobody fires does nothing.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
