namespace ActorP2P.Actors;

/// <summary>A selection led to no actor.</summary>
public class ActorNotFoundException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public ActorNotFoundException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
