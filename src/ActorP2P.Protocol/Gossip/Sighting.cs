namespace ActorP2P.Protocol;

/// <summary>What a node knows of a broadcast it has met: who brought it, and whether it has been judged.</summary>
internal sealed class Sighting(long source)
{
    private List<long>? _others;

    /// <summary>The link that brought it first; <see cref="GossipState.Self"/> for our own.</summary>
    public long Source { get; } = source;

    /// <summary>Whether <paramref name="link"/> has it, because it came from there.</summary>
    public bool IsKnownBy(long link) => Source == link || _others?.Contains(link) == true;

    /// <summary>Another link brought it too. Bounded by the number of links: each is noted once.</summary>
    public void AlsoFrom(long link)
    {
        if (!IsKnownBy(link))
        {
            (_others ??= []).Add(link);
        }
    }
}
