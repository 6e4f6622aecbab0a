namespace ActorP2P.Actors;

/// <summary>
/// Counts an actor's idle time. A message only notes the time; the timer looks at that note when it fires and sleeps
/// on for the rest, so that busy actors pay no timer per message. The clock is its own wake-up message.
/// </summary>
internal sealed class ReceiveTimeoutClock : IAutoReceivedMessage, INotInfluenceReceiveTimeout, IDeadLetterSuppression
{
    private readonly ActorCell _cell;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _lastActivity;

    public ReceiveTimeoutClock(ActorCell cell, TimeSpan timeout)
    {
        _cell = cell;
        _time = cell.System.Time;
        Timeout = timeout;
        _lastActivity = _time.GetTimestamp();
        _timer = _time.CreateTimer(
            static state => ((ReceiveTimeoutClock)state!).Fire(), this, timeout, System.Threading.Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Timeout { get; }

    public void Touch(object handled)
    {
        if (handled is not INotInfluenceReceiveTimeout and not TimerMessage { Message: INotInfluenceReceiveTimeout })
        {
            _lastActivity = _time.GetTimestamp();
        }
    }

    public void Restart()
    {
        _lastActivity = _time.GetTimestamp();
        Arm(Timeout);
    }

    public void Cancel() => _timer.Dispose();

    /// <summary>True when the actor was idle long enough; the next wake-up is set either way.</summary>
    public bool IsDue()
    {
        TimeSpan idle = _time.GetElapsedTime(_lastActivity);
        if (idle >= Timeout)
        {
            Restart();
            return true;
        }
        Arm(Timeout - idle);
        return false;
    }

    private void Arm(TimeSpan due) => _timer.Change(due, System.Threading.Timeout.InfiniteTimeSpan);

    private void Fire() => _cell.SelfRef.Tell(this, ActorRefs.NoSender);
}
