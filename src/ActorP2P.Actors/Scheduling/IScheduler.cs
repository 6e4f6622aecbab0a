namespace ActorP2P.Actors;

/// <summary>The timetable of an actor system; all of it follows the system's TimeProvider.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>Runs actions instead of sending messages.</summary>
    IAdvancedScheduler Advanced { get; }
}
