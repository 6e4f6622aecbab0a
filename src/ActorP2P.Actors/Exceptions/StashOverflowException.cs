namespace ActorP2P.Actors;

/// <summary>The stash is full.</summary>
public class StashOverflowException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public StashOverflowException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
