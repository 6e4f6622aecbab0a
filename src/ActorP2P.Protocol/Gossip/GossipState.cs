namespace ActorP2P.Protocol;

/// <summary>
/// Decides which broadcasts go to the application, and to which peers they are relayed. The Broadcaster runs it, and a
/// restart of the Broadcaster keeps it, so that old broadcasts are not relayed again.
/// </summary>
/// <param name="seen">The ids met lately.</param>
/// <param name="authors">The authors of signed broadcasts.</param>
internal sealed class GossipState(SeenCache seen, AuthorBook authors)
{
    /// <summary>The number that stands for this node where others have a link number.</summary>
    public const long Self = 0;

    /// <summary>The authors of signed broadcasts.</summary>
    public AuthorBook Authors => authors;

    /// <summary>Whole copies received of broadcasts that were known already.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Broadcasts met for the first time, our own included.</summary>
    public long Fresh { get; private set; }

    /// <summary>Records a broadcast that is complete and whose id is checked.</summary>
    /// <returns>
    /// Whether it is new. A new broadcast of a peer needs the application's verdict; one from <see cref="Self"/> is
    /// sent.
    /// </returns>
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

    /// <summary>A broadcast begins to arrive. Its content cannot be checked yet, so nothing is recorded.</summary>
    /// <returns>
    /// Whether the broadcast is known already, so that the rest is not needed. It is counted when it is complete, or by
    /// the connection that stops it.
    /// </returns>
    public bool IsKnown(BroadcastId id, long link)
    {
        Sighting? known = seen.Find(id);
        known?.AlsoFrom(link);
        return known is not null;
    }

    /// <summary>A peer says that it has a broadcast but does not send it.</summary>
    /// <returns>Whether it is known already.</returns>
    public bool Knows(BroadcastId id, long link)
    {
        Sighting? known = seen.Find(id);
        known?.AlsoFrom(link);
        return known is not null;
    }

    /// <summary>
    /// Whether <paramref name="link"/> should be sent an accepted broadcast: not if it came from there.
    /// </summary>
    public bool Wants(BroadcastId id, long link) => AudienceOf(id).Includes(link);

    /// <summary>The links that should be sent an accepted broadcast, as far as is known now.</summary>
    public Audience AudienceOf(BroadcastId id) => new(seen.Find(id));

    /// <summary>The application has given its verdict.</summary>
    /// <returns>Whether to relay.</returns>
    public bool OnVerdict(BroadcastId id, Verdict verdict)
    {
        if (verdict == Verdict.Defer)
        {
            seen.Remove(id);
        }

        return verdict == Verdict.Accept;
    }

    /// <summary>Removes ids older than their lifetime.</summary>
    public void Sweep(TimeSpan now) => seen.Sweep(now);
}
