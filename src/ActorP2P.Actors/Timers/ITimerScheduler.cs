using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Actors;

/// <summary>Timers by key: a message comes to the actor itself, unless the timer was replaced or cancelled before.</summary>
[SuppressMessage("Naming", "CA1725", Justification = "Parameter names are the dialect's.")]
public interface ITimerScheduler
{
    /// <summary>Sends <paramref name="msg"/> again and again, first after one interval. Replaces a timer of the same key.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Sends <paramref name="msg"/> again and again. Replaces a timer of the same key.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>Sends <paramref name="msg"/> once. Replaces a timer of the same key.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>True while the timer has something left to send.</summary>
    bool IsTimerActive(object key);

    /// <summary>Ends a timer; a message of it that is queued already is not delivered.</summary>
    void Cancel(object key);

    /// <summary>Ends all timers.</summary>
    void CancelAll();
}
