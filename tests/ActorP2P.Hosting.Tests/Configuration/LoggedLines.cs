using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Hosting.Tests.Configuration;

/// <summary>What a host logs.</summary>
internal sealed class LoggedLines : ILoggerProvider, ILogger
{
    private readonly Channel<LoggedLine> _lines = Channel.CreateUnbounded<LoggedLine>();

    /// <summary>Waits for the next line of an event.</summary>
    public async Task<string> NextAsync(int id)
    {
        // Only a hang reaches it.
        using CancellationTokenSource guard = new(TimeSpan.FromSeconds(60));
        while (true)
        {
            LoggedLine line = await _lines.Reader.ReadAsync(guard.Token);
            if (line.Id == id)
            {
                return line.Text;
            }
        }
    }

    /// <summary>The lines so far that nobody has read.</summary>
    public IReadOnlyList<LoggedLine> Rest()
    {
        List<LoggedLine> rest = [];
        while (_lines.Reader.TryRead(out LoggedLine? line))
        {
            rest.Add(line);
        }

        return rest;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        _lines.Writer.TryWrite(new LoggedLine(eventId.Id, logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
