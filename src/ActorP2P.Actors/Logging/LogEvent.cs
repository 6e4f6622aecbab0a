namespace ActorP2P.Actors;

/// <summary>Something logged; published on the event stream, where loggers subscribe to it.</summary>
public abstract class LogEvent
{
    private protected LogEvent(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
        Timestamp = DateTime.UnixEpoch;
    }

    /// <summary>The exception, if there was one.</summary>
    public Exception? Cause { get; }

    /// <summary>Who logged it, in words.</summary>
    public string LogSource { get; }

    /// <summary>The class that logged it.</summary>
    public Type LogClass { get; }

    /// <summary>What was logged; its ToString is the text.</summary>
    public object Message { get; }

    /// <summary>When, in UTC; of the system's clock where a logger of a system made it.</summary>
    public DateTime Timestamp { get; internal init; }

    /// <summary>How much it matters.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString() =>
        Cause is null ? $"[{LogLevel()}][{LogSource}] {Message}" : $"[{LogLevel()}][{LogSource}] {Message} Cause: {Cause}";
}
