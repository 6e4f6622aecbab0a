namespace ActorP2P;

/// <summary>The settings of the distributed hash table, in which nodes find nodes and providers of services.</summary>
public sealed record DhtSettings
{
    /// <summary>
    /// Whether the node takes part: it answers others, keeps records of providers, and can look up. Needs encryption,
    /// because only proven ids have a place in the table.
    /// </summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// The most connections that the node opens to ask others, beside those that it has anyway. They are closed when
    /// they have been idle for 20 seconds. The default is enough for two lookups at a time.
    /// </summary>
    public int MaxOpened { get; init; } = 16;

    /// <summary>Checks that the values are valid.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not; the message names it, the value and what is allowed.
    /// </exception>
    public DhtSettings Validated() => MaxOpened is > 0 and <= 1024 ? this : throw new ArgumentOutOfRangeException(
        nameof(MaxOpened), MaxOpened, $"{nameof(MaxOpened)} is {MaxOpened}; allowed: 1 to 1024.");
}
