namespace ActorP2P.Actors;

/// <summary>Publishes log events with the time of the system's clock.</summary>
internal sealed class EventStreamLog(ActorSystem system, string source, Type type) : ILoggingAdapter
{
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);

    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);

    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    public bool IsEnabled(LogLevel logLevel) => logLevel >= system.Settings.LogLevel;

    public void Log(LogLevel logLevel, Exception? cause, string format, params object?[] args)
    {
        if (IsEnabled(logLevel))
        {
            system.Publish(logLevel, cause, source, type, args.Length == 0 ? format : new LogText(format, args));
        }
    }
}
