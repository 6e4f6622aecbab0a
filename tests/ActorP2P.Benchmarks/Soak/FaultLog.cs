using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Prints and counts the errors that nodes log. Such an error is a defect of the node: no peer and no cut connection
/// may cause it.
/// </summary>
internal sealed class FaultLog : ILoggerFactory, ILogger
{
    // This many are enough to see what is wrong; all are counted.
    private const int Printed = 10;

    private int _faults;

    public int Faults => Volatile.Read(ref _faults);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && Interlocked.Increment(ref _faults) <= Printed)
        {
            Console.WriteLine($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
        // Scopes are not used, so there is nothing to dispose.
    }
}
