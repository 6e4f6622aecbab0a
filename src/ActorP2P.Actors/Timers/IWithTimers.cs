namespace ActorP2P.Actors;

/// <summary>An actor with timers of its own, which end with the instance.</summary>
public interface IWithTimers
{
    /// <summary>The timers; set by the engine after construction, so use them from PreStart on.</summary>
    ITimerScheduler Timers { get; set; }
}
