using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace ActorP2P;

/// <summary>
/// Keeps peers from flooding the log. Of each event that a peer can cause, it logs at most <see cref="MaxLines"/> lines
/// per <see cref="Window"/> and counts the others. It logs their number before the next line of the event.
/// </summary>
internal sealed class LimitedLogger(ILogger logger, TimeProvider time) : ILogger
{
    /// <summary>
    /// The most lines of one event in one <see cref="Window"/>. The faults of one or two peers are logged in full.
    /// </summary>
    internal const int MaxLines = 100;

    /// <summary>The length of a window. Ten lines a second can be read and stored.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // Links that come and go, charges, refusals, logins, admissions, dials to addresses that peers told, lookups,
    // handlers that a message made fail, broadcasts longer than a peer says that it takes, and bans.
    private static readonly FrozenSet<int> s_limited = FrozenSet.Create(
        1010, 1011, 1012, 1013, 1014, 1015, 1016, 1018, 1020, 1021, 1022, 1030, 1031, 1033, 1034, 1060, 1061);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Said> _said = [];

    /// <summary>The limited events.</summary>
    internal static IReadOnlySet<int> Limited => s_limited;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        long leftOut = 0;
        if (s_limited.Contains(eventId.Id) && !TrySay(eventId.Id, out leftOut))
        {
            return;
        }

        if (leftOut > 0)
        {
            ActorP2P.Log.LinesLeftOut(logger, leftOut, eventId.Id);
        }

        logger.Log(logLevel, eventId, state, exception, formatter);
    }

    private bool TrySay(int id, out long leftOut)
    {
        long now = time.GetTimestamp();
        lock (_lock)
        {
            Said said = _said.GetValueOrDefault(id);
            leftOut = 0;
            if (said.Lines == 0 || time.GetElapsedTime(said.Since, now) >= Window)
            {
                leftOut = said.LeftOut;
                said = new Said(now, 0, 0);
            }

            bool isSaid = said.Lines < MaxLines;
            _said[id] = isSaid ? said with { Lines = said.Lines + 1 } : said with { LeftOut = said.LeftOut + 1 };
            return isSaid;
        }
    }

    /// <summary>What was logged of an event.</summary>
    /// <param name="Since">When its window began.</param>
    /// <param name="Lines">The lines logged in the window.</param>
    /// <param name="LeftOut">The lines left out in the window.</param>
    private readonly record struct Said(long Since, int Lines, long LeftOut);
}
