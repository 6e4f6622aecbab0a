namespace ActorP2P;

/// <summary>
/// Whole messages that passed over a connection in one direction, by kind, and the bytes of their encoded bodies,
/// without frame headers.
/// </summary>
public sealed record MessageStatistics
{
    /// <summary>Requests.</summary>
    public long Requests { get; init; }

    /// <summary>Bytes of requests.</summary>
    public long RequestBytes { get; init; }

    /// <summary>Answers to requests: responses and errors.</summary>
    public long Responses { get; init; }

    /// <summary>Bytes of answers to requests.</summary>
    public long ResponseBytes { get; init; }

    /// <summary>Notifies.</summary>
    public long Notifies { get; init; }

    /// <summary>Bytes of notifies.</summary>
    public long NotifyBytes { get; init; }

    /// <summary>Broadcasts, those that had come before from another peer included.</summary>
    public long Broadcasts { get; init; }

    /// <summary>Bytes of broadcasts.</summary>
    public long BroadcastBytes { get; init; }
}
