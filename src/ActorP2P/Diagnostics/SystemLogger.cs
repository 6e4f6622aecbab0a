using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P;

/// <summary>
/// The logger of a node that was given none. Warnings and errors go to the log of its actor system, so that no failure
/// of a handler is hidden.
/// </summary>
internal sealed class SystemLogger(ActorSystem system, string category) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string text = formatter(state, exception);
        system.EventStream.Publish(logLevel == LogLevel.Warning
            ? new Warning(exception, category, typeof(P2PNode), text)
            : (LogEvent)new Error(exception, category, typeof(P2PNode), text));
    }
}
