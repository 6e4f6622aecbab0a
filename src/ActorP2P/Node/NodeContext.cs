using ActorP2P.Protocol;
using ActorP2P.Transport;
using Microsoft.Extensions.Logging;

namespace ActorP2P;

/// <summary>What a node's actors have in common: settings and services, nothing that one of them changes under another.</summary>
internal sealed class NodeContext
{
    private readonly long _start;

    public required P2PSettings Settings { get; init; }

    public required MessageCatalog Catalog { get; init; }

    public required ITransport Transport { get; init; }

    /// <summary>The one clock of the node, and its timers.</summary>
    public required TimeProvider TimeProvider
    {
        get;
        init
        {
            field = value;
            _start = value.GetTimestamp();
        }
    }

    /// <summary>Time since the node was made; it never goes back.</summary>
    public TimeSpan Now => TimeProvider.GetElapsedTime(_start);

    public required ILogger Logger { get; init; }

    public required NodeRandom Random { get; init; }

    public required NodeId Id { get; init; }

    public required ulong InstanceId { get; init; }

    public required ulong Nonce { get; init; }

    public required MemoryBudget Memory { get; init; }

    /// <summary>Outlives the Broadcaster's restarts; only the Broadcaster touches it.</summary>
    public required GossipState Gossip { get; init; }

    /// <summary>What peers were not sent. Only the Broadcaster touches it; how much it is may be read by all.</summary>
    public required DroppedBroadcasts Dropped { get; init; }

    public required HandlerSlots HandlerSlots { get; init; }

    public NodeCounters Counters { get; } = new();

    public NodeBoard Board { get; } = new();

    /// <summary>What the node says of itself now.</summary>
    public Hello CreateHello() => new()
    {
        NetworkId = Settings.NetworkId,
        MinVersion = PeerSession.ProtocolVersion,
        MaxVersion = PeerSession.ProtocolVersion,
        NodeId = new ClaimedNodeId(Id),
        InstanceId = InstanceId,
        Nonce = Nonce,
        UserAgent = Settings.UserAgent,
        ListenAddresses = Settings.Announce.Count > 0 ? Settings.Announce : Board.ListenAddresses,
        Services = Catalog.ServiceNames,
        CreditWindows = [.. Enumerable.Repeat(Settings.Session.CreditWindow, CreditBook.Classes)],
        MaxMessage = Settings.Session.MaxMessage,
        MaxRequests = Settings.Session.MaxRequests,
        UnixMilliseconds = TimeProvider.GetUtcNow().ToUnixTimeMilliseconds(),
    };
}
