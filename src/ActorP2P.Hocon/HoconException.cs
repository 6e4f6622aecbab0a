namespace ActorP2P.Hocon;

/// <summary>
/// A configuration is malformed, lacks a value, or has a value of the wrong form; the message says which value and
/// where.
/// </summary>
public sealed class HoconException : Exception
{
    /// <summary>Makes the exception.</summary>
    public HoconException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
