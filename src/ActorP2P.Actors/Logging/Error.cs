namespace ActorP2P.Actors;

/// <summary>Something went wrong.</summary>
public sealed class Error(Exception? cause, string logSource, Type logClass, object message)
    : LogEvent(cause, logSource, logClass, message)
{
    /// <inheritdoc/>
    public override LogLevel LogLevel() => Actors.LogLevel.ErrorLevel;
}
