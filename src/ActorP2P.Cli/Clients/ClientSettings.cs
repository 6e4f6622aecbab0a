namespace ActorP2P.Cli.Clients;

/// <summary>How a command reaches a node.</summary>
internal sealed record ClientSettings
{
    /// <summary>The address of the node; null if the command needs none.</summary>
    public PeerAddress? Address { get; init; }

    /// <summary>The settings of the command's own node.</summary>
    public required P2PNodeOptions Options { get; init; }

    /// <summary>The cookie file of the node, to log in with; null: the command does not log in.</summary>
    public string? CookieFile { get; init; }

    /// <summary>Whether the results are lines of JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Whether the log has more than warnings.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>The address, which the command needs.</summary>
    public PeerAddress RequiredAddress => Address ?? throw new UsageException("Name a node: HOST:PORT.");
}
