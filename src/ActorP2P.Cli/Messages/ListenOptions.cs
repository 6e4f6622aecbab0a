namespace ActorP2P.Cli.Messages;

/// <summary>What a listener listens to.</summary>
internal sealed record ListenOptions
{
    /// <summary>The types of messages; empty: those that the node wants.</summary>
    public required IReadOnlyList<ushort> Types { get; init; }

    /// <summary>Where other nodes can connect to the listener; null: nowhere.</summary>
    public PeerAddress? Listen { get; init; }

    /// <summary>Whether the broadcasts are signed.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The messages after which it ends; 0: it ends with Ctrl+C.</summary>
    public int Count { get; init; }

    /// <summary>Whether it prints connections too.</summary>
    public bool WithConnections { get; init; }
}
