namespace ActorP2P.Protocol;

/// <summary>What a node knows about a broadcast: when it was first met, and which links have it.</summary>
internal sealed class Sighting(BroadcastId id, long source, TimeSpan at)
{
    // The connections that a node takes in all. A link beyond them may be sent a broadcast that it has already.
    private const int MaxOthers = 128;

    private List<long>? _others;

    /// <summary>The broadcast.</summary>
    public BroadcastId Id { get; } = id;

    /// <summary>The link that brought it first; <see cref="GossipState.Self"/> for our own.</summary>
    public long Source { get; } = source;

    /// <summary>When it was first met.</summary>
    public TimeSpan At { get; } = at;

    /// <summary>Whether <paramref name="link"/> has it, because the link sent or announced it.</summary>
    public bool IsKnownBy(long link) => Source == link || _others?.Contains(link) == true;

    /// <summary>Records that another link has it too.</summary>
    public void AlsoFrom(long link)
    {
        if (!IsKnownBy(link) && (_others is null || _others.Count < MaxOthers))
        {
            (_others ??= []).Add(link);
        }
    }
}
