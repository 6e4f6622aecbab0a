using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Decides which repeated faults are reported: the first of a kind, and then one per pause. Without file
/// descriptors an accept fails ten times a second, and reporting each would hide everything else in the log.
/// </summary>
internal sealed class RepeatedFaults
{
    /// <summary>The pause between two reports of a kind: twice a minute is noticed without flooding the log.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<TransportFault, Told> _told = [];

    /// <summary>Records a fault.</summary>
    /// <param name="fault">Its kind.</param>
    /// <param name="now">The time.</param>
    /// <param name="suppressed">The faults of this kind that were not reported since the last report.</param>
    /// <returns>Whether to report this one.</returns>
    public bool TryTell(TransportFault fault, TimeSpan now, out long suppressed)
    {
        _told.TryGetValue(fault, out Told last);
        suppressed = last.Suppressed;
        bool isDue = last.Until is not { } until || now >= until;
        _told[fault] = isDue ? new Told(now + Pause, 0) : last with { Suppressed = suppressed + 1 };
        return isDue;
    }

    private readonly record struct Told(TimeSpan? Until, long Suppressed);
}
