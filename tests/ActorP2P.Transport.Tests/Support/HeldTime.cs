namespace ActorP2P.Transport.Tests;

/// <summary>
/// A clock that stands still and whose timers fire when the test says so. Unlike VirtualTime it may be used by several
/// threads.
/// </summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TimeSpan, TaskCompletionSource<HeldTimer>> _timers = [];

    /// <summary>Waits until a timer with this wait is started, and fires it.</summary>
    public async Task FireAsync(TimeSpan due) => (await Of(due).Task.WaitAsync(Waits.Guard)).Fire();

    /// <summary>The current time, which the test sets.</summary>
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
            // A timer that is not fired does nothing.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
