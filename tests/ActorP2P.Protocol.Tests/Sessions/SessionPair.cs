namespace ActorP2P.Protocol.Tests;

/// <summary>
/// Two sessions that are joined by a wire in virtual time, like quinn's Pair: bytes arrive after the latency, timers
/// fire when they are due, and the same calls always give the same run.
/// </summary>
internal sealed class SessionPair
{
    // This is far more than any test needs. Reaching it means that two sessions keep each other busy for ever.
    private const int MostSteps = 1_000_000;

    private readonly PriorityQueue<(SessionEnd To, byte[] Bytes, bool Ends), (TimeSpan At, long Order)> _wire = new();
    private readonly TimeSpan _latency;
    private long _order;

    public SessionPair(SessionSettings? initiator = null, SessionSettings? responder = null, TimeSpan? latency = null,
        ReassemblyBudget? responderBudget = null, ReassemblyBudget? initiatorBudget = null)
    {
        _latency = latency ?? TimeSpan.FromMilliseconds(1);
        Initiator = MakeEnd(SessionRole.Initiator, 1, initiator ?? Given.Settings, initiatorBudget);
        Responder = MakeEnd(SessionRole.Responder, 2, responder ?? Given.Settings, responderBudget);
    }

    public SessionEnd Initiator { get; }

    public SessionEnd Responder { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>A pair whose handshake is complete.</summary>
    public static SessionPair Ready(SessionSettings? initiator = null, SessionSettings? responder = null,
        TimeSpan? latency = null, ReassemblyBudget? responderBudget = null, ReassemblyBudget? initiatorBudget = null)
    {
        SessionPair pair = new(initiator, responder, latency, responderBudget, initiatorBudget);
        pair.Start();
        pair.Settle();
        Assert.Equal(SessionState.Ready, pair.Initiator.Session.State);
        Assert.Equal(SessionState.Ready, pair.Responder.Session.State);
        return pair;
    }

    public void Start()
    {
        Initiator.Session.Start(Now);
        Responder.Session.Start(Now);
        PumpBoth();
    }

    /// <summary>Delivers everything that is under way and everything that this causes; no timer fires.</summary>
    public void Settle()
    {
        PumpBoth();
        for (int steps = 0; _wire.TryPeek(out _, out (TimeSpan At, long Order) next); steps++)
        {
            Assert.True(steps < MostSteps, "The sessions do not come to rest.");
            Now = next.At > Now ? next.At : Now;
            Deliver();
            PumpBoth();
        }
    }

    /// <summary>Lets time pass: arrivals and timers happen in order.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan until = Now + by;
        PumpBoth();
        for (int steps = 0; ; steps++)
        {
            Assert.True(steps < MostSteps, "The sessions do not come to rest.");
            TimeSpan arrival = _wire.TryPeek(out _, out (TimeSpan At, long Order) next) ? next.At : TimeSpan.MaxValue;
            TimeSpan timer = Earlier(Initiator.Session.Deadline, Responder.Session.Deadline);
            TimeSpan due = arrival <= timer ? arrival : timer;
            if (due > until)
            {
                break;
            }

            Now = due > Now ? due : Now;
            if (arrival <= timer)
            {
                Deliver();
            }
            else
            {
                Initiator.Session.OnTimer(Now);
                Responder.Session.OnTimer(Now);
            }

            PumpBoth();
        }

        Now = until;
    }

    /// <summary>Advances the clock without running timers, as when a shell is late.</summary>
    public void Skip(TimeSpan by) => Now += by;

    public SessionEnd Other(SessionEnd end) => end == Initiator ? Responder : Initiator;

    private static SessionEnd MakeEnd(SessionRole role, ulong nonce, SessionSettings settings, ReassemblyBudget? budget)
    {
        MemoryBudget memory = Given.Memory(budget);
        return new SessionEnd(new PeerSession(role, Given.Hello(nonce, settings), settings, memory, nonce), memory);
    }

    private static TimeSpan Earlier(TimeSpan? a, TimeSpan? b)
    {
        TimeSpan first = a ?? TimeSpan.MaxValue;
        TimeSpan second = b ?? TimeSpan.MaxValue;
        return first < second ? first : second;
    }

    private void Deliver()
    {
        (SessionEnd to, byte[] bytes, bool ends) = _wire.Dequeue();
        to.Take(Now, bytes);
        if (ends)
        {
            to.Session.OnTransportClosed(DisconnectReason.ConnectionLost, "the stream ended");
        }
    }

    private void PumpBoth()
    {
        Pump(Initiator);
        Pump(Responder);
    }

    private void Pump(SessionEnd end)
    {
        (byte[] bytes, bool ends) = end.Pump(Now);
        bool endsNow = ends && !end.StreamEnded;
        if ((bytes.Length > 0 && !end.StreamEnded) || endsNow)
        {
            _wire.Enqueue((Other(end), bytes, endsNow), (Now + _latency, _order++));
        }

        end.StreamEnded |= ends;
    }
}
