namespace ActorP2P.Actors;

/// <summary>The timers of one actor.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerMessage> _active = [];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(key, msg, initialDelay, interval);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(key, msg, timeout, Timeout.InfiniteTimeSpan);

    public bool IsTimerActive(object key) => _active.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_active.Remove(key, out TimerMessage? timer))
        {
            timer.Timer!.Dispose();
        }
    }

    public void CancelAll()
    {
        foreach (TimerMessage timer in _active.Values)
        {
            timer.Timer!.Dispose();
        }
        _active.Clear();
    }

    /// <summary>True when the message is of a timer that still runs; a single one has then run.</summary>
    public bool TryTake(TimerMessage message)
    {
        if (!_active.TryGetValue(message.Key, out TimerMessage? active) || active != message)
        {
            return false;
        }
        message.Taken();
        if (!message.Periodic)
        {
            Cancel(message.Key);
        }
        return true;
    }

    private void Start(object key, object msg, TimeSpan due, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(msg);
        Cancel(key);
        var timer = new TimerMessage(cell.SelfRef, key, msg, interval != Timeout.InfiniteTimeSpan);
        _active[key] = timer;
        TimeSpan first = due < TimeSpan.Zero ? TimeSpan.Zero : due;
        timer.Timer = cell.System.Time.CreateTimer(static state => ((TimerMessage)state!).Fire(), timer, first, interval);
    }
}
