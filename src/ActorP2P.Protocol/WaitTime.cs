namespace ActorP2P.Protocol;

/// <summary>The one rule for every wait that a caller or a setting can name.</summary>
internal static class WaitTime
{
    private static readonly TimeSpan s_infinite = TimeSpan.FromMilliseconds(-1);

    /// <summary>
    /// The longest wait, 30 days. Nobody waits a month for a peer, and the base library's timers end at 49 days.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>
    /// A limit on a wait that may also be none: <see cref="TimeSpan.MaxValue"/> and the infinite timeout of the base library
    /// (-1 ms) mean no limit, which is null here.
    /// </summary>
    /// <param name="value">The limit.</param>
    /// <param name="name">The parameter that holds it, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// It is neither none, nor more than zero and at most <see cref="Longest"/>; the message names it, its value and what is
    /// allowed.
    /// </exception>
    public static TimeSpan? Limit(TimeSpan value, string name)
    {
        if (value == TimeSpan.MaxValue || value == s_infinite)
        {
            return null;
        }

        return value > TimeSpan.Zero && value <= Longest ? value : throw new ArgumentOutOfRangeException(name, value,
            $"{name} is {value}; allowed: more than zero, at most {Longest.Days} days, or Timeout.InfiniteTimeSpan for no limit.");
    }

    /// <summary>Checks that a wait is more than zero and at most <see cref="Longest"/>.</summary>
    /// <param name="value">The wait.</param>
    /// <param name="name">The parameter or setting that holds it, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not; the message names it, its value and what is allowed.</exception>
    public static void Require(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero || value > Longest)
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} is {value}; allowed: more than zero, at most {Longest.Days} days.");
        }
    }
}
