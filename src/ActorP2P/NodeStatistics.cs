namespace ActorP2P;

/// <summary>
/// What a node has done since its start. A snapshot; the figures may be a turn apart from each other.
/// </summary>
public sealed record NodeStatistics
{
    /// <summary>Bytes read from all connections.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes handed to the kernel on all connections.</summary>
    public long BytesSent { get; init; }

    /// <summary>Frames read.</summary>
    public long FramesReceived { get; init; }

    /// <summary>Frames written.</summary>
    public long FramesSent { get; init; }

    /// <summary>Broadcasts met for the first time, this node's own included.</summary>
    public long BroadcastsReceived { get; init; }

    /// <summary>Copies of broadcasts that were known already.</summary>
    public long DuplicateBroadcasts { get; init; }

    /// <summary>Broadcasts not sent to a peer because it takes them more slowly than they come.</summary>
    public long DroppedBroadcasts { get; init; }

    /// <summary>
    /// Broadcasts not sent to a peer because they are longer than it takes; each counts once for each such peer.
    /// </summary>
    public long BroadcastsTooLong { get; init; }

    /// <summary>Dropped broadcasts of which their peer was told; one that was dropped again was told again.</summary>
    public long AnnouncedBroadcasts { get; init; }

    /// <summary>Dropped broadcasts that their peer asked for and was sent after all.</summary>
    public long ResentBroadcasts { get; init; }

    /// <summary>Broadcasts that this node asked a peer for, because the peer had not been able to send them.</summary>
    public long AskedBroadcasts { get; init; }

    /// <summary>Broadcasts that came after they had been asked for.</summary>
    public long RecoveredBroadcasts { get; init; }

    /// <summary>
    /// Bytes of dropped broadcasts kept now, for peers to ask for; counted in <see cref="HeldBytes"/> too.
    /// </summary>
    public long KeptBytes { get; init; }

    /// <summary>Bytes reserved now for messages that arrive in fragments.</summary>
    public long ReassemblyBytes { get; init; }

    /// <summary>
    /// Bytes that the node holds for its peers now: what came and is not dealt with, and what waits to be sent.
    /// </summary>
    public long HeldBytes { get; init; }

    /// <summary>Bytes that the node may hold for its peers: its memory budget.</summary>
    public long MemoryBudget { get; init; }

    /// <summary>Bytes by which credit windows stand above their first size now.</summary>
    public long WindowBytes { get; init; }

    /// <summary>Messages in fragments that this node refused for want of room.</summary>
    public long MessagesRefused { get; init; }

    /// <summary>Messages in fragments that were given up because nothing more of them came.</summary>
    public long MessagesStalled { get; init; }

    /// <summary>
    /// Broadcasts not sent because the node's memory was short; counted in <see cref="DroppedBroadcasts"/> too.
    /// </summary>
    public long BroadcastsDroppedForMemory { get; init; }

    /// <summary>Peers closed because the node's memory was short and they held the most of it.</summary>
    public long PeersClosedForMemory { get; init; }

    /// <summary>Responses that came for no open request: late, unknown, or second ones.</summary>
    public long UnexpectedResponses { get; init; }

    /// <summary>
    /// Messages that nobody wanted any more before they could be sent, or before their handler could begin.
    /// </summary>
    public long ExpiredMessages { get; init; }
}
