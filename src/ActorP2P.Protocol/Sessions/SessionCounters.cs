namespace ActorP2P.Protocol;

/// <summary>The counts of a session since it began.</summary>
internal sealed class SessionCounters
{
    private MessageCounts _received;
    private MessageCounts _sent;

    /// <summary>Whole messages of the peer.</summary>
    public ref MessageCounts Received => ref _received;

    /// <summary>Messages of this node whose last frame has been written.</summary>
    public ref MessageCounts Sent => ref _sent;

    /// <summary>
    /// Broadcasts that were not sent to the peer, because it reads too slowly, because it has no room, or because this
    /// node's memory is short.
    /// </summary>
    public long DroppedBroadcasts { get; internal set; }

    /// <summary>
    /// Those of <see cref="DroppedBroadcasts"/> that were dropped because this node's memory is short.
    /// </summary>
    public long DroppedForMemory { get; internal set; }

    /// <summary>
    /// Dropped broadcasts that were announced to the peer. One that is dropped again is announced and counted again.
    /// </summary>
    public long AnnouncedBroadcasts { get; internal set; }

    /// <summary>Dropped broadcasts that the peer asked for and that were then queued.</summary>
    public long ResentBroadcasts { get; internal set; }

    /// <summary>Responses and errors without an open request: late, unknown or repeated. They are dropped.</summary>
    public long UnexpectedResponses { get; internal set; }

    /// <summary>Fragmented messages of the peer that were refused because this node had no room for them.</summary>
    public long RefusedForRoom { get; internal set; }

    /// <summary>Fragmented messages of the peer that were given up because no more fragments came.</summary>
    public long StalledMessages { get; internal set; }

    /// <summary>Messages of this node that expired before they could be sent.</summary>
    public long ExpiredMessages { get; internal set; }
}
