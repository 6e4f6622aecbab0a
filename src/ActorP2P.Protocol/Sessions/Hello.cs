namespace ActorP2P.Protocol;

/// <summary>What a node states about itself in hello and hello-ack. Everything in it is a claim.</summary>
public sealed record Hello
{
    /// <summary>The network the node belongs to; both sides must name the same one.</summary>
    public required string NetworkId { get; init; }

    /// <summary>The lowest protocol version the node speaks.</summary>
    public required int MinVersion { get; init; }

    /// <summary>The highest protocol version the node speaks; the session uses the highest in common.</summary>
    public required int MaxVersion { get; init; }

    /// <summary>The node's id, unproven.</summary>
    public required ClaimedNodeId NodeId { get; init; }

    /// <summary>
    /// A random number, new at each start of the node. It tells a restarted node from its predecessor.
    /// </summary>
    public required ulong InstanceId { get; init; }

    /// <summary>
    /// A random number, new at each start and used in hellos only. A node that receives its own nonce has dialled
    /// itself.
    /// </summary>
    public required ulong Nonce { get; init; }

    /// <summary>Software name and version, for people.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>Where the node can be dialled, as it claims.</summary>
    public IReadOnlyList<PeerAddress> ListenAddresses { get; init; } = [];

    /// <summary>The services that the high bytes of the message types in this node's frames stand for.</summary>
    public IReadOnlyList<ServiceName> Services { get; init; } = [];

    /// <summary>Bytes granted in each class: request, response, notify, broadcast.</summary>
    public required IReadOnlyList<int> CreditWindows { get; init; }

    /// <summary>The longest message the node accepts, in bytes.</summary>
    public required int MaxMessage { get; init; }

    /// <summary>Requests that the other side may have open at the node.</summary>
    public required int MaxRequests { get; init; }

    /// <summary>Bytes that the other side may send on each stream before any is read; 0: no streams.</summary>
    public int StreamWindow { get; init; }

    /// <summary>Streams that the other side may have open at the node; 0: no streams.</summary>
    public int MaxStreams { get; init; }

    /// <summary>
    /// Proofs that the node knows the network's secret, one for each secret that it knows; empty when it knows none.
    /// </summary>
    public IReadOnlyList<byte[]> SecretProofs { get; init; } = [];

    /// <summary>What the application says of itself, at most 1,024 bytes; the protocol does not look into it.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>The types of broadcasts that the node wants.</summary>
    public BroadcastTypes WantedBroadcasts { get; init; } = BroadcastTypes.All;

    /// <summary>
    /// A set of bits, each of which stands for something that the node understands; others are ignored.
    /// </summary>
    public ulong Features { get; init; }

    /// <summary>The node's clock, milliseconds since 1970-01-01T00:00Z.</summary>
    public required long UnixMilliseconds { get; init; }

    /// <summary>
    /// The same hello, sharing values with another hello where they are equal. Most of thousands of peers state mostly
    /// the same values, so this saves memory.
    /// </summary>
    internal Hello Sharing(Hello other) => this with
    {
        ListenAddresses = ListenAddresses.Count == 0 ? [] : ListenAddresses,
        SecretProofs = SecretProofs.Count == 0 ? [] : SecretProofs,
        NetworkId = NetworkId == other.NetworkId ? other.NetworkId : NetworkId,
        UserAgent = UserAgent == other.UserAgent ? other.UserAgent : UserAgent,
        Services = Services.SequenceEqual(other.Services) ? other.Services : Services,
        CreditWindows = CreditWindows.SequenceEqual(other.CreditWindows) ? other.CreditWindows : CreditWindows,
        WantedBroadcasts = WantedBroadcasts.Equals(other.WantedBroadcasts) ? other.WantedBroadcasts : WantedBroadcasts,
    };
}
