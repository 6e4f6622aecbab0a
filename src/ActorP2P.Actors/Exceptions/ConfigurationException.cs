namespace ActorP2P.Actors;

/// <summary>The configuration lacks a value, or has one of the wrong form.</summary>
public class ConfigurationException : AkkaException
{
    /// <summary>Says what happened, and because of what.</summary>
    public ConfigurationException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
