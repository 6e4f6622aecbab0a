namespace ActorP2P;

/// <summary>
/// Decides when a passed deadline takes effect. A process that was suspended, or a slow machine, finds its
/// timers due before it has read the data that arrived meanwhile. That data is therefore read first.
/// </summary>
internal sealed class DeadlineGrace
{
    // On an idle machine timers are late by milliseconds, on a busy one by tens of milliseconds.
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(250);

    // Enough time for a process that was suspended to read the data that has arrived. It also limits how long a peer
    // that floods the node can postpone a deadline.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(10);

    private TimeSpan _deadline;
    private TimeSpan _until;
    private long _arrived;
    private bool _isRead;

    private DeadlineGrace()
    {
    }

    /// <summary>When to check again.</summary>
    public TimeSpan NextLook { get; private set; }

    /// <summary>
    /// The time to wait before a deadline that was noticed late takes effect; null when it was not noticed late.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="due">When it should have been noticed.</param>
    public static TimeSpan? Of(TimeSpan now, TimeSpan due)
    {
        TimeSpan late = now - due;
        return late < s_late ? null : late < s_longest ? late : s_longest;
    }

    /// <summary>Begins to wait when a deadline must not take effect yet.</summary>
    /// <param name="now">The time.</param>
    /// <param name="deadline">A deadline that has passed.</param>
    /// <param name="due">
    /// When it should have been noticed: at the deadline, or later if the deadline was set to a time that had passed.
    /// </param>
    /// <param name="received">Bytes received so far.</param>
    /// <param name="waiting">Bytes that have arrived and are not yet received.</param>
    /// <returns>Null when the deadline takes effect at once.</returns>
    public static DeadlineGrace? Begin(TimeSpan now, TimeSpan deadline, TimeSpan due, long received, int waiting)
    {
        TimeSpan? late = Of(now, due);
        return late is null && waiting == 0
            ? null
            : new DeadlineGrace
            {
                _deadline = deadline,
                _arrived = received + waiting,
                _until = now + (late ?? s_longest),
                _isRead = late is not null,
                NextLook = now + (late ?? s_lookAgain),
            };
    }

    /// <summary>Whether the wait is for this deadline, and not for one that has moved since.</summary>
    public bool IsFor(TimeSpan deadline) => _deadline == deadline;

    /// <summary>
    /// Whether the wait is over: all data that had arrived has been read, or enough time has passed.
    /// </summary>
    public bool IsOver(TimeSpan now, long received)
    {
        if (now >= _until)
        {
            return true;
        }

        if (now < NextLook)
        {
            return false;
        }

        // Received data is not handled yet: its frames may be in the mailbox behind this check, but not behind the next
        // one.
        bool wasRead = _isRead;
        _isRead = received >= _arrived;
        NextLook = now + s_lookAgain;
        return wasRead && _isRead;
    }
}
