namespace ActorP2P.Actors;

/// <summary>An actor did what its state does not allow, such as stashing a message twice.</summary>
public class IllegalActorStateException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public IllegalActorStateException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
