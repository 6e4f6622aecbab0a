namespace ActorP2P.Protocol;

/// <summary>What a node says of itself in hello and hello-ack. Everything in it is a claim.</summary>
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

    /// <summary>Random at each start of the node: tells a restarted node from the one before.</summary>
    public required ulong InstanceId { get; init; }

    /// <summary>
    /// Random at each start, and never given out otherwise: a node that meets its own nonce has dialled itself.
    /// </summary>
    public required ulong Nonce { get; init; }

    /// <summary>Software name and version, for people.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>Where the node says it can be dialled.</summary>
    public IReadOnlyList<PeerAddress> ListenAddresses { get; init; } = [];

    /// <summary>The services behind the high bytes of the message types in the frames this node sends.</summary>
    public IReadOnlyList<ServiceName> Services { get; init; } = [];

    /// <summary>Bytes granted in each class: request, response, notify, broadcast.</summary>
    public required IReadOnlyList<int> CreditWindows { get; init; }

    /// <summary>The longest message the node takes, in bytes.</summary>
    public required int MaxMessage { get; init; }

    /// <summary>Requests that the other side may have open at the node.</summary>
    public required int MaxRequests { get; init; }

    /// <summary>The node's clock, milliseconds since 1970-01-01T00:00Z.</summary>
    public required long UnixMilliseconds { get; init; }

    /// <summary>
    /// The same hello, which holds no copy of what another says too: of thousands of peers most say mostly the same.
    /// </summary>
    internal Hello Sharing(Hello other) => this with
    {
        NetworkId = NetworkId == other.NetworkId ? other.NetworkId : NetworkId,
        UserAgent = UserAgent == other.UserAgent ? other.UserAgent : UserAgent,
        Services = Services.SequenceEqual(other.Services) ? other.Services : Services,
        CreditWindows = CreditWindows.SequenceEqual(other.CreditWindows) ? other.CreditWindows : CreditWindows,
    };
}
