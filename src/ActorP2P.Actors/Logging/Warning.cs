namespace ActorP2P.Actors;

/// <summary>Something unwanted was dealt with.</summary>
public sealed class Warning(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    /// <summary>One without an exception.</summary>
    public Warning(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Actors.LogLevel.WarningLevel;
}
