using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Wakes the PeerActor when its session or another of its parts has something due. A passed deadline of the session
/// takes effect only when the data that arrived before it has been read. It is a part of the PeerActor and used in its
/// turns only.
/// </summary>
/// <param name="time">The node's clock.</param>
/// <param name="self">The PeerActor, which is sent <see cref="PeerMessages.DeadlineDue"/>.</param>
internal sealed class SessionTimer(TimeProvider time, IActorRef self)
{
    private readonly ActorTimer _timer = new(time, self, PeerMessages.DeadlineDue.Instance);
    private TimeSpan? _armed;
    private TimeSpan _due;
    private DeadlineGrace? _grace;

    /// <summary>The message has arrived.</summary>
    public void Fired() => _armed = null;

    /// <summary>
    /// Makes sure that the actor is woken at the session's deadline or at another time, whichever is earlier.
    /// </summary>
    public void Arm(PeerSession session, TimeSpan? other, TimeSpan now)
    {
        TimeSpan? deadline = session.Deadline;
        if (deadline is { } own && _grace?.IsFor(own) == true)
        {
            deadline = _grace.NextLook;
        }

        TimeSpan? next = Earlier(deadline, other);
        if (next is { } time && (_armed is null || time < _armed))
        {
            _armed = time;
            _due = time < now ? now : time;
            _timer.Start(time - now);
        }
    }

    /// <summary>
    /// Calls the session's timer if its deadline has passed and all data that had arrived by then has been read.
    /// </summary>
    public void CheckDeadline(PeerSession session, FrameConnection frames, TimeSpan now)
    {
        if (session.Deadline is not { } deadline || now < deadline)
        {
            return;
        }

        if (_grace?.IsFor(deadline) != true)
        {
            _grace = DeadlineGrace.Begin(
                now, deadline, deadline < _due ? _due : deadline, frames.BytesReceived, frames.BytesWaiting);
        }

        if (_grace?.IsOver(now, frames.BytesReceived) != false)
        {
            _grace = null;
            session.OnTimer(now);
        }
    }

    /// <summary>Stops the timer, because the actor ends.</summary>
    public void Stop() => _timer.Stop();

    /// <summary>The earlier of two times, either of which may be null.</summary>
    public static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => other < one || one is null ? other : one;
}
