namespace ActorP2P.Actors;

/// <summary>What an actor that received <see cref="Kill"/> fails with.</summary>
public class ActorKilledException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public ActorKilledException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
