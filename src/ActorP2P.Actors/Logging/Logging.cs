namespace ActorP2P.Actors;

/// <summary>Makes log adapters.</summary>
public static class Logging
{
    /// <summary>An adapter of a system; the source is a text, a type, or an object whose ToString names it.</summary>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(logSourceObj);
        (string source, Type type) = logSourceObj switch
        {
            string text => ($"{text} ({system})", typeof(string)),
            Type known => ($"{known.Name} ({system})", known),
            IActorRef actor => (actor.Path.ToString(), actor.GetType()),
            _ => ($"{logSourceObj} ({system})", logSourceObj.GetType()),
        };
        return new EventStreamLog(system, source, type);
    }

    /// <summary>An adapter that names the actor as its source.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context) => new EventStreamLog(
        context.System, context.Self.Path.ToString(), context.Props.Type);

    internal static LogEvent Event(
        LogLevel level, Exception? cause, string source, Type type, object message, DateTime timestamp) => level switch
        {
            LogLevel.ErrorLevel => new Error(cause, source, type, message) { Timestamp = timestamp },
            LogLevel.WarningLevel => new Warning(cause, source, type, message) { Timestamp = timestamp },
            LogLevel.InfoLevel => new Info(cause, source, type, message) { Timestamp = timestamp },
            _ => new Debug(cause, source, type, message) { Timestamp = timestamp },
        };
}
