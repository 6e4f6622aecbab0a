namespace ActorP2P.Actors;

/// <summary>The clocks of an actor system.</summary>
public interface ITimeProvider
{
    /// <summary>The time of day.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Time since the system started; never goes back.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>The same at the best resolution there is.</summary>
    TimeSpan HighResMonotonicClock { get; }
}
