namespace ActorP2P.Transport;

/// <summary>
/// The time limit of a dial. A process that was suspended finds its timer due at the same moment as a connection that
/// was made meanwhile. If the timer fires late, the dial therefore gets the same time again, at most 2 s.
/// </summary>
internal sealed class DialDeadline : IDisposable
{
    // On a busy machine timers are late by tens of milliseconds.
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _passed = new();
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly long _begun;
    private readonly ITimer _timer;
    private bool _isExtended;

    /// <summary>Starts the time.</summary>
    /// <param name="timeout">How long the dial may take.</param>
    /// <param name="time">The clock.</param>
    public DialDeadline(TimeSpan timeout, TimeProvider time)
    {
        _timeout = timeout;
        _time = time;
        _begun = time.GetTimestamp();
        _timer = time.CreateTimer(
            static state => ((DialDeadline)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A token that is cancelled when the time is over.</summary>
    public CancellationToken Token => _passed.Token;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void OnDue()
    {
        TimeSpan late = _time.GetElapsedTime(_begun) - _timeout;
        if (_isExtended || late < s_late)
        {
            _passed.Cancel();
            return;
        }

        _isExtended = true;
        _timer.Change(late < s_longest ? late : s_longest, Timeout.InfiniteTimeSpan);
    }
}
