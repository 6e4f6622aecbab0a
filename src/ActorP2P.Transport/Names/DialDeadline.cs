namespace ActorP2P.Transport;

/// <summary>
/// Ends a dial in time. A process that was suspended finds its timer due together with the connection that came about
/// meanwhile; so when the timer is late, the dial has as long again, 2 s at most.
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

    /// <summary>Begins to count.</summary>
    /// <param name="timeout">How long the dial may take.</param>
    /// <param name="time">Its clock.</param>
    public DialDeadline(TimeSpan timeout, TimeProvider time)
    {
        _timeout = timeout;
        _time = time;
        _begun = time.GetTimestamp();
        _timer = time.CreateTimer(
            static state => ((DialDeadline)state!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(timeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time is over.</summary>
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
