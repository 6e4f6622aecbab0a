namespace ActorP2P.Protocol;

/// <summary>
/// Which broadcasts to judge, and to whom to relay them. Pure: the Broadcaster runs it. It outlives the Broadcaster's restarts,
/// so that a fault there does not set old messages going again.
/// </summary>
/// <param name="seen">The ids met lately.</param>
internal sealed class GossipState(SeenCache seen)
{
    /// <summary>Stands for this node where a link is asked for.</summary>
    public const long Self = 0;

    /// <summary>Copies of broadcasts that were known already.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Broadcasts met for the first time, our own included.</summary>
    public long Fresh { get; private set; }

    /// <summary>Notes a broadcast, whole and its id checked.</summary>
    /// <returns>Whether it is new, and so to be judged (or, from <see cref="Self"/>, to be sent).</returns>
    public bool Arrive(TimeSpan now, BroadcastId id, long link)
    {
        if (seen.Find(id) is { } known)
        {
            known.AlsoFrom(link);
            Duplicates++;
            return false;
        }

        seen.Add(now, id, link);
        Fresh++;
        return true;
    }

    /// <summary>A broadcast has begun to arrive; its content cannot be checked yet, so nothing is noted.</summary>
    /// <returns>Whether it is known already, and need not arrive.</returns>
    public bool IsKnown(BroadcastId id, long link)
    {
        Sighting? known = seen.Find(id);
        known?.AlsoFrom(link);
        Duplicates += known is null ? 0 : 1;
        return known is not null;
    }

    /// <summary>A peer says that it has a broadcast, and does not send it.</summary>
    /// <returns>Whether it is known already.</returns>
    public bool Knows(BroadcastId id, long link)
    {
        Sighting? known = seen.Find(id);
        known?.AlsoFrom(link);
        return known is not null;
    }

    /// <summary>Whether <paramref name="link"/> should be sent an accepted broadcast: not if it came from there.</summary>
    public bool Wants(BroadcastId id, long link) => AudienceOf(id).Includes(link);

    /// <summary>Who should be sent an accepted broadcast, as far as is known now.</summary>
    public Audience AudienceOf(BroadcastId id) => new(seen.Find(id));

    /// <summary>The application has judged.</summary>
    /// <returns>Whether to relay.</returns>
    public bool Judge(BroadcastId id, Verdict verdict)
    {
        if (verdict == Verdict.Defer)
        {
            seen.Remove(id);
        }

        return verdict == Verdict.Accept;
    }

    /// <summary>Drops what is too old to matter.</summary>
    public void Sweep(TimeSpan now) => seen.Sweep(now);
}
