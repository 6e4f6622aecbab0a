namespace ActorP2P.Cli.Messages;

/// <summary>Something that a listener has seen: a message, or the beginning or end of a connection.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Kind">What it is: <c>broadcast</c>, <c>tell</c>, <c>connected</c> or <c>disconnected</c>.</param>
/// <param name="Peer">The peer that it came from.</param>
internal sealed record PassedMessage(DateTimeOffset At, string Kind, Peer Peer)
{
    /// <summary>The message's type; null for what is no message.</summary>
    public ushort? Type { get; init; }

    /// <summary>The message's bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The links that a broadcast has travelled.</summary>
    public int? Hops { get; init; }

    /// <summary>The node that has signed a broadcast.</summary>
    public NodeId? Author { get; init; }

    /// <summary>Why a connection has ended.</summary>
    public Disconnect? End { get; init; }
}
