using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Prints and counts what nodes log as an error: a fault of their own, which no peer and no cut may cause.
/// </summary>
internal sealed class FaultLog : ILoggerFactory, ILogger
{
    // Enough to see what is wrong; the count tells the rest.
    private const int Printed = 10;

    private int _faults;

    public int Faults => Volatile.Read(ref _faults);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && Interlocked.Increment(ref _faults) <= Printed)
        {
            Console.WriteLine($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
