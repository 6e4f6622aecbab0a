namespace ActorP2P;

/// <summary>
/// A snapshot of the traffic on one connection, updated at the end of each turn of its actor. The figures may differ
/// from each other by one turn, and they stay as they are after the connection has ended. Sizes are in bytes.
/// </summary>
public sealed record PeerStatistics
{
    /// <summary>When the connection became ready, by the node's clock; null before that.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>When bytes last arrived from the peer, by the node's clock; null when none have arrived.</summary>
    public DateTimeOffset? LastReceived { get; init; }

    /// <summary>Bytes read from the connection.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes handed to the operating system.</summary>
    public long BytesSent { get; init; }

    /// <summary>Frames read.</summary>
    public long FramesReceived { get; init; }

    /// <summary>Frames written.</summary>
    public long FramesSent { get; init; }

    /// <summary>Complete messages read.</summary>
    public MessageStatistics Received { get; init; } = new();

    /// <summary>Messages whose last frame has been written.</summary>
    public MessageStatistics Sent { get; init; } = new();

    /// <summary>The last measured round trip; null before the handshake has measured one.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>
    /// The smoothed round trip, to which each new measurement counts an eighth (RFC 6298); null before the handshake
    /// has measured the first.
    /// </summary>
    public TimeSpan? MeanRoundTrip { get; init; }

    /// <summary>The smoothed distance of single round trips from <see cref="MeanRoundTrip"/>.</summary>
    public TimeSpan RoundTripVariation { get; init; }

    /// <summary>
    /// How long the peer may leave a ping unanswered until the connection ends. It follows the round trip if the
    /// settings allow it (<see cref="SessionSettings.LeastPongTimeout"/>).
    /// </summary>
    public TimeSpan PongTimeout { get; init; }

    /// <summary>Bytes that wait to be sent in the high lane.</summary>
    public long QueuedHigh { get; init; }

    /// <summary>Bytes that wait to be sent in the normal lane.</summary>
    public long QueuedNormal { get; init; }

    /// <summary>Bytes that wait to be sent in the bulk lane.</summary>
    public long QueuedBulk { get; init; }

    /// <summary>Bytes that the node holds for the peer: received and not finished, or waiting to be sent.</summary>
    public long HeldBytes { get; init; }

    /// <summary>Broadcasts not sent because the peer accepts them more slowly than they arrive.</summary>
    public long DroppedBroadcasts { get; init; }

    /// <summary>Responses to no open request: late, unknown or repeated.</summary>
    public long UnexpectedResponses { get; init; }
}
