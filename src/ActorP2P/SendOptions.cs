using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>How a message travels.</summary>
public sealed record SendOptions
{
    /// <summary>The normal lane, and no expiry.</summary>
    public static SendOptions Default { get; } = new();

    // As many milliseconds as the wire can say: 49 days.
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromMilliseconds(uint.MaxValue);

    /// <summary>The priority of the message, and of its answer.</summary>
    public Lane Lane { get; init; } = Lane.Normal;

    /// <summary>
    /// After how long nobody wants the message; null when it does not matter. Until then it must have begun to be sent, and its
    /// handler must have begun: else it is dropped, on either side.
    /// </summary>
    public TimeSpan? Expiry { get; init; }

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The lane is not one of messages, or the expiry is not positive or beyond 49 days.</exception>
    internal SendOptions Validated()
    {
        if (Lane is not (Lane.High or Lane.Normal or Lane.Bulk))
        {
            throw new ArgumentOutOfRangeException(nameof(Lane), Lane, $"{nameof(Lane)} is {Lane}; allowed: High, Normal and Bulk.");
        }

        if (Expiry is { } expiry && (expiry <= TimeSpan.Zero || expiry > LongestExpiry))
        {
            throw new ArgumentOutOfRangeException(nameof(Expiry), expiry, $"{nameof(Expiry)} is {expiry}; allowed: more than zero, at most {LongestExpiry}, or null.");
        }

        return this;
    }
}
