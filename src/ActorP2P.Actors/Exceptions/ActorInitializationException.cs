namespace ActorP2P.Actors;

/// <summary>An actor could not be made: its constructor or its PreStart threw.</summary>
public class ActorInitializationException : AkkaException
{
    /// <summary>Says what happened, without naming an actor.</summary>
    public ActorInitializationException(string message)
        : base(message)
    {
    }

    /// <summary>Says which actor could not be made, and because of what.</summary>
    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
        : base(actor is null ? message : $"{actor}: {message}", cause) => Actor = actor;

    /// <summary>The actor, where it is known.</summary>
    public IActorRef? Actor { get; }
}
