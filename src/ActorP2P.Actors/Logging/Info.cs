namespace ActorP2P.Actors;

/// <summary>Something happened in the normal course of things.</summary>
public sealed class Info(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    /// <summary>One without an exception.</summary>
    public Info(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Actors.LogLevel.InfoLevel;
}
