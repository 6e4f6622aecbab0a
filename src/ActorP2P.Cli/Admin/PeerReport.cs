namespace ActorP2P.Cli.Admin;

/// <summary>One peer of a node at one time. Sizes are in bytes.</summary>
internal sealed record PeerReport
{
    /// <summary>The most services of a peer that are named; a peer can name 255.</summary>
    public const int MaxServices = 16;

    /// <summary>The number of the connection.</summary>
    public required long Connection { get; init; }

    /// <summary>The peer's id, proven or claimed.</summary>
    public required string Id { get; init; }

    public required bool IsProven { get; init; }

    public required bool IsOutbound { get; init; }

    public required bool IsMember { get; init; }

    public required bool IsLoggedIn { get; init; }

    public required string Address { get; init; }

    public required string Software { get; init; }

    public required IReadOnlyList<string> Services { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>The last round trip in milliseconds.</summary>
    public double? RoundTripMs { get; init; }

    public long BytesIn { get; init; }

    public long BytesOut { get; init; }

    public long MessagesIn { get; init; }

    public long MessagesOut { get; init; }

    /// <summary>Bytes that wait in the high lane.</summary>
    public long QueuedHigh { get; init; }

    /// <summary>Bytes that wait in the normal lane.</summary>
    public long QueuedNormal { get; init; }

    /// <summary>Bytes that wait in the bulk lane.</summary>
    public long QueuedBulk { get; init; }

    public long HeldBytes { get; init; }

    public long DroppedBroadcasts { get; init; }
}
