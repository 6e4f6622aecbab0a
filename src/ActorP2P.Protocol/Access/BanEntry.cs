namespace ActorP2P.Protocol;

/// <summary>A ban and when it ends on the node's own time, which no step of a clock changes.</summary>
/// <param name="ban">The ban.</param>
/// <param name="until">When it ends.</param>
internal sealed class BanEntry(Ban ban, TimeSpan until) : IComparable<BanEntry>
{
    private readonly string _key = ban.Target.ToString();

    public Ban Ban => ban;

    public TimeSpan Until => until;

    /// <summary>The order in which bans end.</summary>
    public int CompareTo(BanEntry? other)
    {
        ArgumentNullException.ThrowIfNull(other);
        int order = until.CompareTo(other.Until);
        return order != 0 ? order : string.CompareOrdinal(_key, other._key);
    }
}
