namespace ActorP2P.Hocon;

/// <summary>A configuration is malformed, lacks a value, or has one of the wrong form; the message says which and where.</summary>
public sealed class HoconException : Exception
{
    /// <summary>Says what is wrong, and because of what.</summary>
    public HoconException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
