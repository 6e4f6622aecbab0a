namespace ActorP2P.Actors;

/// <summary>The base of the engine's exceptions, under the name the dialect gives it.</summary>
public abstract class AkkaException : Exception
{
    private protected AkkaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>What led to this exception, if anything did.</summary>
    public Exception? Cause => InnerException;
}
