namespace ActorP2P.Actors;

/// <summary>Logging by level.</summary>
public static class LoggingExtensions
{
    /// <summary>Publishes a debug event.</summary>
    public static void Debug(this ILoggingAdapter log, string format, params object?[] args) =>
        log.Log(LogLevel.DebugLevel, null, format, args);

    /// <summary>Publishes a debug event with an exception.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        log.Log(LogLevel.DebugLevel, cause, format, args);

    /// <summary>Publishes information.</summary>
    public static void Info(this ILoggingAdapter log, string format, params object?[] args) =>
        log.Log(LogLevel.InfoLevel, null, format, args);

    /// <summary>Publishes information with an exception.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        log.Log(LogLevel.InfoLevel, cause, format, args);

    /// <summary>Publishes a warning.</summary>
    public static void Warning(this ILoggingAdapter log, string format, params object?[] args) =>
        log.Log(LogLevel.WarningLevel, null, format, args);

    /// <summary>Publishes a warning with an exception.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        log.Log(LogLevel.WarningLevel, cause, format, args);

    /// <summary>Publishes an error.</summary>
    public static void Error(this ILoggingAdapter log, string format, params object?[] args) =>
        log.Log(LogLevel.ErrorLevel, null, format, args);

    /// <summary>Publishes an error with its exception.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format, params object?[] args) =>
        log.Log(LogLevel.ErrorLevel, cause, format, args);
}
