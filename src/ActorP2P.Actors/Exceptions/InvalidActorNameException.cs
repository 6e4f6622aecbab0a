namespace ActorP2P.Actors;

/// <summary>The name of an actor is malformed or taken.</summary>
public class InvalidActorNameException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public InvalidActorNameException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
