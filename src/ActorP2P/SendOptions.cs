using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// How a message is sent. Asks, tells and broadcasts share this record; a value that is not set has its default.
/// </summary>
public sealed record SendOptions
{
    /// <summary>The normal lane, the node's request timeout, and no expiry.</summary>
    public static SendOptions Default { get; } = new();

    // The most milliseconds that the frame header can express: 49 days.
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromMilliseconds(uint.MaxValue);

    /// <summary>The priority of the message and of its answer: High, Normal or Bulk.</summary>
    public Lane Lane { get; init; } = Lane.Normal;

    /// <summary>
    /// How long an ask waits for its answer, at most 30 days. Null: <see cref="P2PNodeOptions.RequestTimeout"/>.
    /// <see cref="Timeout.InfiniteTimeSpan"/> or <see cref="TimeSpan.MaxValue"/>: as long as the connection exists. It
    /// has no effect on tells and broadcasts, which wait for no answer.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How long the message is of use, at most 49 days; null for no limit. Each side drops the message if its sending
    /// or its handler has not begun by then. A broadcast has no expiry.
    /// </summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>
    /// Whether the request of a <see cref="PeerHandle"/> may be sent again when the connection ends before its answer.
    /// Its handler may then run twice. It has no effect on other sends.
    /// </summary>
    public bool IsIdempotent { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The lane is not a lane for messages, the timeout is not positive or more than 30 days, or the expiry is not
    /// positive or more than 49 days.
    /// </exception>
    internal SendOptions Validated()
    {
        if (Lane is not (Lane.High or Lane.Normal or Lane.Bulk))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Lane), Lane, $"{nameof(Lane)} is {Lane}; allowed: High, Normal and Bulk.");
        }

        if (Timeout is { } timeout)
        {
            WaitTime.Limit(timeout, nameof(Timeout));
        }

        if (Expiry is { } expiry && (expiry <= TimeSpan.Zero || expiry > LongestExpiry))
        {
            throw new ArgumentOutOfRangeException(nameof(Expiry), expiry,
                $"{nameof(Expiry)} is {expiry}; allowed: more than zero, at most {LongestExpiry}, or null.");
        }

        return this;
    }
}
