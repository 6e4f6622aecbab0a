namespace ActorP2P.Actors;

/// <summary>Writes log events of one source to the event stream.</summary>
public interface ILoggingAdapter
{
    /// <summary>Whether debug events are published.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether information is published.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether warnings are published.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether errors are published.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether events of a level are published.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Publishes an event; the format has numbered or named holes, filled in order.</summary>
    void Log(LogLevel logLevel, Exception? cause, string format, params object?[] args);
}
