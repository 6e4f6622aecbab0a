namespace ActorP2P.Protocol;

/// <summary>The rules for every wait that a caller or a setting can specify.</summary>
internal static class WaitTime
{
    private static readonly TimeSpan s_infinite = TimeSpan.FromMilliseconds(-1);

    /// <summary>
    /// The longest wait: 30 days. Nobody waits a month for a peer, and the timers of .NET are limited to 49 days.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>
    /// Converts a limit that may also be infinite. <see cref="TimeSpan.MaxValue"/> and the infinite timeout of .NET (-1
    /// ms) mean that there is no limit, and give null.
    /// </summary>
    /// <param name="value">The limit.</param>
    /// <param name="name">The parameter that holds it, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The limit is not infinite, and it is not more than zero or exceeds <see cref="Longest"/>; the message names the
    /// parameter, the value and what is allowed.
    /// </exception>
    public static TimeSpan? Limit(TimeSpan value, string name)
    {
        if (value == TimeSpan.MaxValue || value == s_infinite)
        {
            return null;
        }

        return value > TimeSpan.Zero && value <= Longest ? value : throw new ArgumentOutOfRangeException(name, value,
            $"{name} is {value}; allowed: more than zero, at most {Longest.Days} days, "
                + "or Timeout.InfiniteTimeSpan for no limit.");
    }

    /// <summary>Checks that a wait is more than zero and at most <see cref="Longest"/>.</summary>
    /// <param name="value">The wait.</param>
    /// <param name="name">The parameter or setting that holds it, for the message.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// It is not; the message names the parameter or setting, the value and what is allowed.
    /// </exception>
    public static void Require(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero || value > Longest)
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} is {value}; allowed: more than zero, at most {Longest.Days} days.");
        }
    }

    /// <summary>The earliest of the times that are not null; null when all are.</summary>
    public static TimeSpan? Earliest(params ReadOnlySpan<TimeSpan?> times)
    {
        TimeSpan? earliest = null;
        foreach (TimeSpan? time in times)
        {
            earliest = earliest is null || time < earliest ? time : earliest;
        }

        return earliest;
    }
}
