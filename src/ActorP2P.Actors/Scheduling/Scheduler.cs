namespace ActorP2P.Actors;

/// <summary>The timetable of one system. It keeps what is planned, so that the end of the system ends it all.</summary>
internal sealed class Scheduler(TimeProvider time) : IScheduler, IAdvancedScheduler
{
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly HashSet<ScheduledAction> _planned = [];
    private bool _closed;

    public TimeProvider Time { get; } = time;

    public DateTimeOffset Now => Time.GetUtcNow();

    public TimeSpan MonotonicClock => Time.GetElapsedTime(_start);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public IAdvancedScheduler Advanced => this;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleOnce(delay, () => receiver.Tell(message, sender));

    public void ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable cancelable) =>
        ScheduleOnce(delay, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender));

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef? sender,
        ICancelable cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        Plan(action, delay, Timeout.InfiniteTimeSpan, cancelable);
    }

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initialDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Plan(action, initialDelay, interval, cancelable);
    }

    /// <summary>Calls everything off, for good.</summary>
    public void Close()
    {
        ScheduledAction[] planned;
        lock (_gate)
        {
            _closed = true;
            planned = [.. _planned];
            _planned.Clear();
        }
        foreach (ScheduledAction action in planned)
        {
            action.Dispose();
        }
    }

    public void Forget(ScheduledAction action)
    {
        lock (_gate)
        {
            _planned.Remove(action);
        }
    }

    private void Plan(Action action, TimeSpan due, TimeSpan interval, ICancelable? cancelable)
    {
        var planned = new ScheduledAction(this, action, once: interval == Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
            _planned.Add(planned);
        }
        planned.Start(due, interval, cancelable);
    }
}
