namespace ActorP2P.Actors;

/// <summary>A message that cannot be sent, such as null.</summary>
public class InvalidMessageException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public InvalidMessageException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
