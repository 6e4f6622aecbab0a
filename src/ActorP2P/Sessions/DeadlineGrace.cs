namespace ActorP2P;

/// <summary>
/// Whether a deadline that has passed may be judged. A process that was suspended, or a machine that is slow, finds
/// its timers due before it has read what arrived meanwhile; so what has arrived is read first, and only then the
/// deadline counts.
/// </summary>
internal sealed class DeadlineGrace
{
    // On an idle machine timers are late by milliseconds, on a busy one by tens of them.
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(250);

    // Time for the threads of a process that was suspended to read what has arrived. Whoever floods a node cannot put
    // a deadline off for longer either.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(10);

    private TimeSpan _deadline;
    private TimeSpan _until;
    private long _arrived;
    private bool _isRead;

    private DeadlineGrace()
    {
    }

    /// <summary>When to look again.</summary>
    public TimeSpan NextLook { get; private set; }

    /// <summary>How much time passes before a deadline counts that was noticed late; null where it was not.</summary>
    /// <param name="now">The time.</param>
    /// <param name="due">When it was to be noticed.</param>
    public static TimeSpan? Of(TimeSpan now, TimeSpan due)
    {
        TimeSpan late = now - due;
        return late < s_late ? null : late < s_longest ? late : s_longest;
    }

    /// <summary>Begins to wait, where a deadline may not be judged yet.</summary>
    /// <param name="now">The time.</param>
    /// <param name="deadline">A deadline that has passed.</param>
    /// <param name="due">
    /// When it was to be noticed: at the deadline, or later where it was set to a time that had passed.
    /// </param>
    /// <param name="received">Bytes received so far.</param>
    /// <param name="waiting">Bytes that have arrived and were not received yet.</param>
    /// <returns>Null where the deadline may be judged at once.</returns>
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

    /// <summary>Whether it waits for this deadline, and not for one that has moved since.</summary>
    public bool IsFor(TimeSpan deadline) => _deadline == deadline;

    /// <summary>
    /// Whether the time to wait is over: everything that had arrived has been read, or enough time has passed.
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

        // Received is not handled: the frames may stand in the mailbox behind this very look, but not behind the next
        // one.
        bool wasRead = _isRead;
        _isRead = received >= _arrived;
        NextLook = now + s_lookAgain;
        return wasRead && _isRead;
    }
}
