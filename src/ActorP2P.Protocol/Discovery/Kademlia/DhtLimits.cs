namespace ActorP2P.Protocol;

/// <summary>The constants of the distributed hash table.</summary>
internal static class DhtLimits
{
    /// <summary>
    /// k: nodes in a bucket, in an answer, and nodes that keep a provider's record. Kademlia's value: so many do not
    /// all leave within an hour.
    /// </summary>
    public const int Closest = 20;

    /// <summary>Nodes that wait for a place in a bucket. Half a bucket: what may leave between two checks.</summary>
    public const int Spares = 10;

    /// <summary>
    /// Nodes of one group of addresses in a bucket, on a path of a lookup, or among the nodes that keep a record. A
    /// tenth of a bucket.
    /// </summary>
    public const int PerGroup = 2;

    /// <summary>Nodes of one group of addresses in the whole routing table. Half a bucket.</summary>
    public const int PerGroupInTable = 10;

    /// <summary>alpha: questions of one path of a lookup that are open at a time. Kademlia's value.</summary>
    public const int Parallel = 3;

    /// <summary>
    /// Paths of a lookup that share no node. More than two cost more questions than they find nodes.
    /// </summary>
    public const int Paths = 2;

    /// <summary>Failures after which a node leaves the routing table even if no other waits for its place.</summary>
    public const int MostFailures = 3;

    /// <summary>Bytes of the name of a service: as in a hello.</summary>
    public const int MaxService = HelloCodec.MaxServiceName;

    /// <summary>Records of providers in an answer: as many as of nodes.</summary>
    public const int MaxProviders = Closest;

    /// <summary>A node that was not heard of for this long is asked whether it is still there.</summary>
    public static readonly TimeSpan CheckAfter = TimeSpan.FromMinutes(10);

    /// <summary>The pause after a failed check; it grows by as much with each failure.</summary>
    public static readonly TimeSpan CheckPause = TimeSpan.FromMinutes(1);

    /// <summary>A part of the key space that no lookup went to for this long is looked up. Kademlia's value.</summary>
    public static readonly TimeSpan RefreshAfter = TimeSpan.FromHours(1);

    /// <summary>
    /// The pause until this node's own key is looked up again, after the first time. It doubles each time: nodes that
    /// join at the same time learn of each other late.
    /// </summary>
    public static readonly TimeSpan FirstOwnWalk = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause until this node's own key is looked up again.</summary>
    public static readonly TimeSpan LastOwnWalk = TimeSpan.FromMinutes(10);

    /// <summary>How long a provider's record is kept.</summary>
    public static readonly TimeSpan ProviderLifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// A provider says again that it offers a service: a third of the lifetime, so that two attempts may fail.
    /// </summary>
    public static readonly TimeSpan RepublishAfter = ProviderLifetime / 3;

    /// <summary>How far a record's time may lie in the future: clocks differ by minutes.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);
}
