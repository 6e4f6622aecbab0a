using BlockMesh.Storage;
using Microsoft.Extensions.Logging;

namespace BlockMesh.Tests.Storage;

/// <summary>Keeps the warnings that are logged.</summary>
internal sealed class RecordingLogger : ILogger<ChainStore>
{
    public List<string> Warnings { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Warning)
        {
            Warnings.Add(formatter(state, exception));
        }
    }
}
