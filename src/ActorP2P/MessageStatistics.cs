namespace ActorP2P;

/// <summary>
/// Counts of complete messages in one direction of a connection, by kind, with the bytes of their encoded bodies
/// without frame headers.
/// </summary>
public sealed record MessageStatistics
{
    /// <summary>Requests.</summary>
    public long Requests { get; init; }

    /// <summary>Bytes of requests.</summary>
    public long RequestBytes { get; init; }

    /// <summary>Responses and errors that answer requests.</summary>
    public long Responses { get; init; }

    /// <summary>Bytes of answers to requests.</summary>
    public long ResponseBytes { get; init; }

    /// <summary>Notifies.</summary>
    public long Notifies { get; init; }

    /// <summary>Bytes of notifies.</summary>
    public long NotifyBytes { get; init; }

    /// <summary>Broadcasts, including those that another peer had already sent.</summary>
    public long Broadcasts { get; init; }

    /// <summary>Bytes of broadcasts.</summary>
    public long BroadcastBytes { get; init; }
}
