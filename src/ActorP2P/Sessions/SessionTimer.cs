using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Wakes the PeerActor when its session, or what waits beside it, has something due; and judges the session's deadline
/// only when what had arrived before it has been read. A part of the PeerActor, used in its turns alone.
/// </summary>
/// <param name="time">The node's clock.</param>
/// <param name="self">The PeerActor, which is sent <see cref="PeerMessages.DeadlineDue"/>.</param>
internal sealed class SessionTimer(TimeProvider time, IActorRef self)
{
    private readonly ActorTimer _timer = new(time, self, PeerMessages.DeadlineDue.Instance);
    private TimeSpan? _armed;
    private TimeSpan _due;
    private DeadlineGrace? _grace;

    /// <summary>The message has come.</summary>
    public void Fired() => _armed = null;

    /// <summary>Sees to it that the actor is woken no later than at a time, and at the session's deadline.</summary>
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
    /// Lets the session judge its deadline, if that has passed and everything that had arrived by then is read.
    /// </summary>
    public void Judge(PeerSession session, FrameConnection frames, TimeSpan now)
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

    /// <summary>The actor ends.</summary>
    public void Stop() => _timer.Stop();

    /// <summary>The earlier of two times, either of which may not be there.</summary>
    public static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => other < one || one is null ? other : one;
}
