using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Decides which of the faults that come again and again are told: the first of a kind, and then one in a while.
/// Without file descriptors an accept fails ten times a second, and a log that says so ten times a second hides
/// everything else.
/// </summary>
internal sealed class RepeatedFaults
{
    /// <summary>The pause between two that are told: twice a minute is seen, and is no flood.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<TransportFault, Told> _told = [];

    /// <summary>Notes a fault.</summary>
    /// <param name="fault">Its kind.</param>
    /// <param name="now">The time.</param>
    /// <param name="untold">How many of this kind were not told since the last that was.</param>
    /// <returns>Whether this one is to be told.</returns>
    public bool TryTell(TransportFault fault, TimeSpan now, out long untold)
    {
        _told.TryGetValue(fault, out Told last);
        untold = last.Untold;
        bool isDue = last.Until is not { } until || now >= until;
        _told[fault] = isDue ? new Told(now + Pause, 0) : last with { Untold = untold + 1 };
        return isDue;
    }

    private readonly record struct Told(TimeSpan? Until, long Untold);
}
