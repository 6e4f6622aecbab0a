namespace ActorP2P.Actors;

/// <summary>Nobody answered an Ask in time.</summary>
public class AskTimeoutException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public AskTimeoutException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
