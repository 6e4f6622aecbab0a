namespace ActorP2P.Actors;

/// <summary>The timers of one actor.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    // Most actors have one timer, and there are thousands of them.
    private TimerMessage? _first;
    private Dictionary<object, TimerMessage>? _others;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(key, msg, initialDelay, interval);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(key, msg, timeout, Timeout.InfiniteTimeSpan);

    public bool IsTimerActive(object key) => Find(key) is not null;

    public void Cancel(object key)
    {
        if (_first is { } first && first.Key.Equals(key))
        {
            _first = null;
            first.Timer!.Dispose();
        }
        else if (_others is not null && _others.Remove(key, out TimerMessage? other))
        {
            other.Timer!.Dispose();
        }
    }

    public void CancelAll()
    {
        _first?.Timer!.Dispose();
        _first = null;
        if (_others is null)
        {
            return;
        }
        foreach (TimerMessage timer in _others.Values)
        {
            timer.Timer!.Dispose();
        }
        _others = null;
    }

    /// <summary>True when the message is of a timer that still runs; a single one has then run.</summary>
    public bool TryTake(TimerMessage message)
    {
        if (Find(message.Key) != message)
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

    private TimerMessage? Find(object key) =>
        _first is { } first && first.Key.Equals(key) ? first : _others?.GetValueOrDefault(key);

    private void Start(object key, object msg, TimeSpan due, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(msg);
        Cancel(key);
        var timer = new TimerMessage(cell.SelfRef, key, msg, interval != Timeout.InfiniteTimeSpan);
        if (_first is null)
        {
            _first = timer;
        }
        else
        {
            (_others ??= [])[key] = timer;
        }
        TimeSpan first = due < TimeSpan.Zero ? TimeSpan.Zero : due;
        timer.Timer = cell.System.Time.CreateTimer(static state => ((TimerMessage)state!).Fire(), timer, first, interval);
    }
}
