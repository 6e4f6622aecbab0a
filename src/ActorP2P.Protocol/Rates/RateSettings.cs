namespace ActorP2P;

/// <summary>
/// What a peer may send. Above a rate the node grants credit more slowly, so that the peer is slowed down; it is not
/// disconnected. Responses to this node's own requests are not limited, and streams have windows of their own.
/// </summary>
public sealed record RateSettings
{
    /// <summary>
    /// Messages of one class (requests, notifies, broadcasts) that a peer may send in a second while the node is under
    /// pressure: while several connections wait for the node, or its memory runs short. 0: no limit.
    /// </summary>
    public int MessagesPerSecond { get; init; } = 10_000;

    /// <summary>Bytes of one class that a peer may send in a second while the node is under pressure. 0: no limit.
    /// </summary>
    public int BytesPerSecond { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Messages that a peer may send in a second on the average over the life of its connection, under pressure or not.
    /// 0, the default: no limit. Floresta's value is 10.
    /// </summary>
    public int AverageMessagesPerSecond { get; init; }

    /// <summary>Checks that the values are valid.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not; the message names it, the value and what is allowed.
    /// </exception>
    public RateSettings Validated()
    {
        Require(MessagesPerSecond, nameof(MessagesPerSecond));
        Require(BytesPerSecond, nameof(BytesPerSecond));
        Require(AverageMessagesPerSecond, nameof(AverageMessagesPerSecond));
        return this;
    }

    private static void Require(int value, string name)
    {
        if (value < 0)
        {
            throw new ArgumentException($"{name} is {value}; allowed: 0 (no limit) or more.", name);
        }
    }
}
