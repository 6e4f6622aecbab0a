namespace ActorP2P.Cli.Admin;

/// <summary>A node at one time, for the commands that look at it and for the status page. Sizes are in bytes.</summary>
internal sealed record NodeReport
{
    /// <summary>The most peers in a report, so that it is no longer than a message may be.</summary>
    public const int MaxPeers = 1024;

    /// <summary>The node's name in its file.</summary>
    public required string Node { get; init; }

    public required string Id { get; init; }

    public required string Network { get; init; }

    public required string Encryption { get; init; }

    public required IReadOnlyList<string> Listening { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>When the node started.</summary>
    public required DateTimeOffset Since { get; init; }

    public long BytesIn { get; init; }

    public long BytesOut { get; init; }

    public long FramesIn { get; init; }

    public long FramesOut { get; init; }

    public long BroadcastsIn { get; init; }

    public long DuplicatesIn { get; init; }

    public long HeldBytes { get; init; }

    public long MemoryBudget { get; init; }

    /// <summary>All peers, also those that the report does not name.</summary>
    public int PeerCount { get; init; }

    /// <summary>The peers, at most <see cref="MaxPeers"/>.</summary>
    public required IReadOnlyList<PeerReport> Peers { get; init; }

    /// <summary>The number of bans.</summary>
    public int BanCount { get; init; }

    /// <summary>Why connections have ended, were refused, or were not made, and how often.</summary>
    public required IReadOnlyList<ReasonReport> Reasons { get; init; }
}
