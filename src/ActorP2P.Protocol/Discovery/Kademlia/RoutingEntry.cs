namespace ActorP2P.Protocol;

/// <summary>A node in the routing table.</summary>
/// <param name="contact">The node.</param>
internal sealed class RoutingEntry(DhtContact contact)
{
    /// <summary>The node, by its newest record.</summary>
    public DhtContact Contact { get; set; } = contact;

    /// <summary>When it last answered; null: never.</summary>
    public TimeSpan? LastAnswer { get; set; }

    /// <summary>
    /// Whether it has shown that it can be dialled, so that others are told of it.
    /// </summary>
    public bool IsReachable { get; set; }

    /// <summary>Questions since its last answer that failed.</summary>
    public int Failures { get; set; }

    /// <summary>When it is to be asked whether it is still there.</summary>
    public TimeSpan CheckDue { get; set; }

    /// <summary>Whether another node may take its place: it has never answered, or not the last time.</summary>
    public bool IsDoubtful => LastAnswer is null || Failures > 0;
}
