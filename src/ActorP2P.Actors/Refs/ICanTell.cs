namespace ActorP2P.Actors;

/// <summary>Something a message can be sent to.</summary>
public interface ICanTell
{
    /// <summary>Sends <paramref name="message"/> without waiting; delivery is at most once.</summary>
    /// <param name="message">The message; never null.</param>
    /// <param name="sender">Who gets the reply; null stands for dead letters.</param>
    void Tell(object message, IActorRef? sender);
}
