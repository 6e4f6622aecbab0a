using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// How a message is sent. One record for asks, tells and broadcasts; what is not set has its default.
/// </summary>
public sealed record SendOptions
{
    /// <summary>The normal lane, the node's own timeout, and no expiry.</summary>
    public static SendOptions Default { get; } = new();

    // As many milliseconds as the wire can say: 49 days.
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromMilliseconds(uint.MaxValue);

    /// <summary>The priority of the message, and of its answer: High, Normal or Bulk.</summary>
    public Lane Lane { get; init; } = Lane.Normal;

    /// <summary>
    /// How long an ask waits for its answer, at most 30 days. Null: <see cref="P2PNodeOptions.RequestTimeout"/>.
    /// <see cref="Timeout.InfiniteTimeSpan"/> or <see cref="TimeSpan.MaxValue"/>: as long as there is a connection.
    /// Tells and broadcasts wait for no answer, and do not use it.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// The time after which nobody wants the message, at most 49 days; null when it does not matter. By then its
    /// sending and its handler must have begun; otherwise either side drops it. A broadcast has no expiry.
    /// </summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The lane is not one of messages, the timeout is not positive or beyond 30 days, or the expiry is not positive or
    /// beyond 49.
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
