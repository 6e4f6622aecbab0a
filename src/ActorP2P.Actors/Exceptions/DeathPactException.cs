namespace ActorP2P.Actors;

/// <summary>A watched actor stopped and the watcher did not handle it.</summary>
public sealed class DeathPactException(IActorRef deadActor)
    : AkkaException($"Monitored actor {deadActor} terminated, and its end was not handled.")
{
    /// <summary>The actor that stopped.</summary>
    public IActorRef DeadActor { get; } = deadActor;
}
