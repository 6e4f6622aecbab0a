using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>
/// Counts the restarts of children within a window of virtual time as Akka does: when no number of restarts is given,
/// one is allowed in a window.
/// </summary>
internal sealed class RestartWindows(int maxRestarts, TimeSpan window)
{
    private readonly Dictionary<IActorRef, Count> _counts = [];

    /// <summary>Counts a restart of a child; false when it is one too many.</summary>
    public bool MayRestart(IActorContext context, IActorRef child)
    {
        TimeSpan now = TimeIn(context.System);
        Count count = _counts.TryGetValue(child, out Count known) && now - known.Start <= window
            ? known with { Restarts = known.Restarts + 1 }
            : new Count(now, 1);
        _counts[child] = count;
        return count.Restarts <= (maxRestarts < 0 ? 1 : maxRestarts);
    }

    // The scheduler's clock is not used, because a test may move the scheduler by hand.
    private static TimeSpan TimeIn(ActorSystem system) => SimulatedSystem.TimeProviderOf(system) is { } time
        ? time.GetElapsedTime(0)
        : system.Scheduler.MonotonicClock;

    public void Forget(IActorRef child) => _counts.Remove(child);

    private readonly record struct Count(TimeSpan Start, int Restarts);
}
