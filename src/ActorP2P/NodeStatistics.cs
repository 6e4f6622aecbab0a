namespace ActorP2P;

/// <summary>
/// A snapshot of what a node has done since its start. The figures may differ from each other by one turn of an actor.
/// </summary>
public sealed record NodeStatistics
{
    /// <summary>Bytes read from all connections.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes handed to the operating system on all connections.</summary>
    public long BytesSent { get; init; }

    /// <summary>Frames read.</summary>
    public long FramesReceived { get; init; }

    /// <summary>Frames written.</summary>
    public long FramesSent { get; init; }

    /// <summary>Peers that are slowed down now, because they are above their rates.</summary>
    public long LimitedPeers { get; init; }

    /// <summary>Broadcasts seen for the first time, including those of this node.</summary>
    public long BroadcastsReceived { get; init; }

    /// <summary>Further copies of broadcasts that were known already.</summary>
    public long DuplicateBroadcasts { get; init; }

    /// <summary>Broadcasts not sent to a peer that accepts them more slowly than they arrive.</summary>
    public long DroppedBroadcasts { get; init; }

    /// <summary>
    /// Broadcasts not sent to a peer because they are longer than it accepts, counted once for each such peer.
    /// </summary>
    public long BroadcastsTooLong { get; init; }

    /// <summary>
    /// Broadcasts not sent to a peer because it does not want their type, counted once for each such peer.
    /// </summary>
    public long UnwantedBroadcasts { get; init; }

    /// <summary>
    /// Signed broadcasts that were ignored, because later ones of their authors had been met long before.
    /// </summary>
    public long ReplayedBroadcasts { get; init; }

    /// <summary>
    /// Dropped broadcasts that were announced to their peer. One that was dropped and announced again counts again.
    /// </summary>
    public long AnnouncedBroadcasts { get; init; }

    /// <summary>Dropped broadcasts that were sent later because their peer asked for them.</summary>
    public long ResentBroadcasts { get; init; }

    /// <summary>Broadcasts that this node asked a peer for, because the peer could not send them at first.</summary>
    public long AskedBroadcasts { get; init; }

    /// <summary>Broadcasts that arrived after this node had asked for them.</summary>
    public long RecoveredBroadcasts { get; init; }

    /// <summary>
    /// Bytes of the dropped broadcasts that are kept now so that peers can ask for them. <see cref="HeldBytes"/>
    /// includes them.
    /// </summary>
    public long KeptBytes { get; init; }

    /// <summary>Bytes reserved now for messages that arrive in fragments.</summary>
    public long ReassemblyBytes { get; init; }

    /// <summary>
    /// Bytes that the node holds for its peers now: received and not finished, or waiting to be sent.
    /// </summary>
    public long HeldBytes { get; init; }

    /// <summary>The node's memory budget: the most bytes that it may hold for its peers.</summary>
    public long MemoryBudget { get; init; }

    /// <summary>Bytes by which all credit windows together exceed their initial size now.</summary>
    public long WindowBytes { get; init; }

    /// <summary>Fragmented messages that this node refused for lack of room.</summary>
    public long MessagesRefused { get; init; }

    /// <summary>Fragmented messages that were given up because no further fragment arrived.</summary>
    public long MessagesStalled { get; init; }

    /// <summary>
    /// Broadcasts not sent because the node's memory was short. <see cref="DroppedBroadcasts"/> includes them.
    /// </summary>
    public long BroadcastsDroppedForMemory { get; init; }

    /// <summary>
    /// Peers whose connections were closed because the node's memory was short and they held most of it.
    /// </summary>
    public long PeersClosedForMemory { get; init; }

    /// <summary>Responses to no open request: late, unknown or repeated.</summary>
    public long UnexpectedResponses { get; init; }

    /// <summary>Messages that expired before they could be sent, or before their handler could begin.</summary>
    public long ExpiredMessages { get; init; }

    /// <summary>
    /// Requests refused, and notifies and broadcasts dropped, because the peer that sent them may not use their
    /// service.
    /// </summary>
    public long MessagesNotAllowed { get; init; }
}
