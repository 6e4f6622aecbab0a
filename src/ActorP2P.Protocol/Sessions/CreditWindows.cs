namespace ActorP2P.Protocol;

/// <summary>
/// Adapts the windows granted to one peer to bandwidth × delay. A window that is finished within two delays
/// limited the peer, and doubles; one that is far from used halves. Growth is reserved from the node's budget.
/// </summary>
/// <remarks>
/// Windows are examined when a renewal is due, four times for each window, and not for each message. A
/// grant cannot be taken back, so a window that shrinks renews less until the peer has used its credit.
/// </remarks>
internal sealed class CreditWindows(CreditBook granted, SessionSettings settings, MemoryBudget memory)
{
    /// <summary>
    /// The shortest delay that is assumed. On a busy machine a thread waits some milliseconds for its turn, and the
    /// window must last that long, however near the peer is.
    /// </summary>
    private static readonly TimeSpan LeastDelay = TimeSpan.FromMilliseconds(4);

    // Longer than a round trip by satellite. A peer that answers the handshake slowly does not get larger windows for
    // it.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    // Longer than the pauses of a conversation, shorter than the silence after which a ping is sent.
    private static readonly TimeSpan ShrinkAfter = TimeSpan.FromSeconds(10);

    private CreditBook.PerClass<Measure> _measures;

    /// <summary>A quarter of the class's window has been finished.</summary>
    /// <param name="creditClass">The class.</param>
    /// <param name="now">The time.</param>
    /// <param name="roundTrip">The delay of the connection, as measured.</param>
    public void OnQuarter(CreditClass creditClass, TimeSpan now, TimeSpan roundTrip)
    {
        ref Measure measure = ref _measures[(int)creditClass];
        TimeSpan delay = roundTrip < LeastDelay ? LeastDelay : roundTrip > LongestDelay ? LongestDelay : roundTrip;
        long finished = granted.Finished(creditClass) - measure.Finished;
        TimeSpan took = now - measure.Began;
        if (took <= 2 * delay)
        {
            measure.Used = now;
            if (finished < granted.Window(creditClass))
            {
                return;
            }

            TryGrow(creditClass);
        }
        else
        {
            Shrink(creditClass, now);
        }

        measure.Began = now;
        measure.Finished = granted.Finished(creditClass);
    }

    /// <summary>
    /// Shrinks windows that are not used. It is called when nothing is being finished, such as at a ping.
    /// </summary>
    public void Shrink(TimeSpan now)
    {
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            Shrink((CreditClass)i, now);
        }
    }

    /// <summary>Ends the session's use of the budget: returns what the windows took.</summary>
    public void Close()
    {
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            Resize((CreditClass)i, settings.CreditWindow);
        }
    }

    private void TryGrow(CreditClass creditClass)
    {
        int window = granted.Window(creditClass);
        int larger = (int)Math.Min(2L * window, settings.MaxCreditWindow);
        if (larger > window && memory.TryGrow(larger - window))
        {
            granted.Resize(creditClass, larger);
        }
    }

    private void Shrink(CreditClass creditClass, TimeSpan now)
    {
        ref Measure measure = ref _measures[(int)creditClass];
        int window = granted.Window(creditClass);
        while (window > settings.CreditWindow && now - measure.Used >= ShrinkAfter)
        {
            measure.Used += ShrinkAfter;
            window = Math.Max(window / 2, settings.CreditWindow);
        }

        Resize(creditClass, window);
    }

    private void Resize(CreditClass creditClass, int window)
    {
        int less = granted.Window(creditClass) - window;
        if (less > 0)
        {
            granted.Resize(creditClass, window);
            memory.Shrink(less);
        }
    }

    /// <summary>
    /// The measurements of a class since its window was last examined: the time of that
    /// examination, the bytes finished by then, and when the window was last used in full.
    /// </summary>
    private struct Measure
    {
        public TimeSpan Began;
        public long Finished;
        public TimeSpan Used;
    }
}
