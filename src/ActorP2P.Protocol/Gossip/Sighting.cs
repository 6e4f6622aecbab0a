namespace ActorP2P.Protocol;

/// <summary>What a node knows of a broadcast it has met: when, and who brought it.</summary>
internal sealed class Sighting(BroadcastId id, long source, TimeSpan at)
{
    // The connections a node takes in all. A link beyond them is merely sent what it may have already.
    private const int MaxOthers = 128;

    private List<long>? _others;

    /// <summary>The broadcast.</summary>
    public BroadcastId Id { get; } = id;

    /// <summary>The link that brought it first; <see cref="GossipState.Self"/> for our own.</summary>
    public long Source { get; } = source;

    /// <summary>When it was first met.</summary>
    public TimeSpan At { get; } = at;

    /// <summary>Whether <paramref name="link"/> has it, because it came from there.</summary>
    public bool IsKnownBy(long link) => Source == link || _others?.Contains(link) == true;

    /// <summary>Another link brought it too.</summary>
    public void AlsoFrom(long link)
    {
        if (!IsKnownBy(link) && (_others is null || _others.Count < MaxOthers))
        {
            (_others ??= []).Add(link);
        }
    }
}
