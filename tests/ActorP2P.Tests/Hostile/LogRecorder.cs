using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P.Tests.Hostile;

/// <summary>Keeps the log lines of a node.</summary>
internal sealed class LogRecorder : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _categories = new();
    private readonly TaskCompletionSource _error = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<string> Lines => _lines;

    /// <summary>The categories of the loggers that were asked for.</summary>
    public IEnumerable<string> Categories => _categories;

    /// <summary>Completes with the first logged error.</summary>
    public Task FirstError => _error.Task;

    public ILogger CreateLogger(string categoryName)
    {
        _categories.Enqueue(categoryName);
        return this;
    }

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
        if (logLevel == LogLevel.Error)
        {
            _error.TrySetResult();
        }
    }

    public void Dispose()
    {
    }
}
