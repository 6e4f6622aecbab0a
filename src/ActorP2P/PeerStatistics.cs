namespace ActorP2P;

/// <summary>
/// What has passed over one connection, a snapshot. It is taken at the end of each of the connection's turns, so the
/// figures may be a turn apart from each other, and stay as they were when the connection has ended. Sizes are bytes.
/// </summary>
public sealed record PeerStatistics
{
    /// <summary>When the connection became ready, by the node's clock; null before that.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>When bytes last came from the peer, by the node's clock; null when none have.</summary>
    public DateTimeOffset? LastReceived { get; init; }

    /// <summary>Bytes read from the connection.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes handed to the kernel.</summary>
    public long BytesSent { get; init; }

    /// <summary>Frames read.</summary>
    public long FramesReceived { get; init; }

    /// <summary>Frames written.</summary>
    public long FramesSent { get; init; }

    /// <summary>Whole messages read.</summary>
    public MessageStatistics Received { get; init; } = new();

    /// <summary>Messages written to their last frame.</summary>
    public MessageStatistics Sent { get; init; } = new();

    /// <summary>The round trip as it was last measured; null before the handshake has measured it.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>Bytes that wait to be sent in the high lane.</summary>
    public long QueuedHigh { get; init; }

    /// <summary>Bytes that wait to be sent in the normal lane.</summary>
    public long QueuedNormal { get; init; }

    /// <summary>Bytes that wait to be sent in the bulk lane.</summary>
    public long QueuedBulk { get; init; }

    /// <summary>
    /// Bytes that the node holds for the peer: what came and is not dealt with, and what waits to be sent.
    /// </summary>
    public long HeldBytes { get; init; }

    /// <summary>Broadcasts not sent because the peer takes them more slowly than they come.</summary>
    public long DroppedBroadcasts { get; init; }

    /// <summary>Responses that came for no open request: late, unknown, or second ones.</summary>
    public long UnexpectedResponses { get; init; }
}
