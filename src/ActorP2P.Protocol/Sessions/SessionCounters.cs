namespace ActorP2P.Protocol;

/// <summary>What a session has counted since it began.</summary>
internal sealed class SessionCounters
{
    private MessageCounts _received;
    private MessageCounts _sent;

    /// <summary>Whole messages of the peer.</summary>
    public ref MessageCounts Received => ref _received;

    /// <summary>Messages of this node whose last frame has been written.</summary>
    public ref MessageCounts Sent => ref _sent;

    /// <summary>
    /// Broadcasts that the peer was not sent: it takes them more slowly than they come, it has no room for them, or
    /// this node's memory is short.
    /// </summary>
    public long DroppedBroadcasts { get; internal set; }

    /// <summary>
    /// Those of <see cref="DroppedBroadcasts"/> that were dropped because this node's memory is short.
    /// </summary>
    public long DroppedForMemory { get; internal set; }

    /// <summary>Dropped broadcasts of which the peer was told. One that is dropped again is told again.</summary>
    public long AnnouncedBroadcasts { get; internal set; }

    /// <summary>Dropped broadcasts that the peer asked for, and that were queued then.</summary>
    public long ResentBroadcasts { get; internal set; }

    /// <summary>Responses and errors for no open request: late, unknown, or second ones. They are dropped.</summary>
    public long UnexpectedResponses { get; internal set; }

    /// <summary>Messages of the peer in fragments that were refused because this node has no room for them.</summary>
    public long RefusedForRoom { get; internal set; }

    /// <summary>Messages of the peer in fragments that were given up because nothing more of them came.</summary>
    public long StalledMessages { get; internal set; }

    /// <summary>Messages of this node that expired before they could be sent.</summary>
    public long ExpiredMessages { get; internal set; }
}
