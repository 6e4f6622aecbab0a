namespace ActorP2P;

/// <summary>
/// Sends an actor one message when it is due, on the node's clock. Starting it again replaces the time. The message may
/// come early, because long waits are split into days, or once more after the actor has handled what was due. The
/// receiver must therefore check the clock.
/// </summary>
/// <param name="time">The node's clock.</param>
/// <param name="self">The actor.</param>
/// <param name="message">The message to send.</param>
internal sealed class ActorTimer(TimeProvider time, IActorRef self, object message)
{
    // A timer of zero would fire within the turn that starts it.
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    // The timers of .NET are limited to 49 days.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private ITimer? _timer;

    /// <summary>Sends the message once, after a wait.</summary>
    public void Start(TimeSpan due) => Set(due, Timeout.InfiniteTimeSpan);

    /// <summary>Sends the message repeatedly.</summary>
    public void StartPeriodic(TimeSpan period) => Set(period, period);

    /// <summary>Stops sending. Call it when the actor stops.</summary>
    public void Stop() => _timer?.Dispose();

    /// <summary>
    /// A wait that a timer of .NET can do. What waits checks the clock, and waits again when it is early.
    /// </summary>
    public static TimeSpan Fitted(TimeSpan due) => due < s_shortest ? s_shortest : due > s_longest ? s_longest : due;

    private void Set(TimeSpan due, TimeSpan period)
    {
        TimeSpan wait = Fitted(due);
        if (_timer is null)
        {
            _timer = time.CreateTimer(static timer => ((ActorTimer)timer!).Fire(), this, wait, period);
        }
        else
        {
            _timer.Change(wait, period);
        }
    }

    private void Fire() => self.Tell(message, ActorRefs.NoSender);
}
