namespace ActorP2P;

/// <summary>What a node has done since its start. A snapshot; the figures may be a turn apart from each other.</summary>
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

    /// <summary>Bytes reserved now for messages that arrive in fragments.</summary>
    public long ReassemblyBytes { get; init; }

    /// <summary>Responses that came for no open request: late, unknown, or second ones.</summary>
    public long UnexpectedResponses { get; init; }
}
