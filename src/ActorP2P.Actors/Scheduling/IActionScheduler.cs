namespace ActorP2P.Actors;

/// <summary>Runs actions later, outside of any actor. Prefer messages: an action must not touch an actor's state.</summary>
public interface IActionScheduler
{
    /// <summary>Runs once after a delay, unless called off before.</summary>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable = null);

    /// <summary>Runs again and again until called off.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable = null);
}
