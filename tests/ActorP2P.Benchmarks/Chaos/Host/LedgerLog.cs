using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Writes each error that the node logs into the ledger. Such an error is a defect of the node: nothing from outside
/// may cause it.
/// </summary>
internal sealed class LedgerLog(LedgerWriter ledger) : ILoggerFactory, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            ledger.Write(LedgerEntryKind.Fault, 0, $"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
        // Scopes are not used, so there is nothing to dispose.
    }
}
