namespace ActorP2P;

/// <summary>Somebody whom a node does not connect to, and from whom it accepts no connection, until the ban ends.</summary>
/// <param name="Target">Whom it concerns.</param>
/// <param name="Since">When it began, by the node's clock.</param>
/// <param name="Duration">
/// How long it lasts. The time in which the node does not run counts. While the node runs, steps of its clock do not
/// change when the ban ends.
/// </param>
/// <param name="Reason">Why, for people; at most <see cref="MaxReason"/> bytes of UTF-8.</param>
/// <param name="Origin">What it comes from.</param>
public sealed record Ban(
    BanTarget Target, DateTimeOffset Since, TimeSpan Duration, string Reason, BanOrigin Origin)
{
    /// <summary>The longest reason, in bytes of UTF-8.</summary>
    public const int MaxReason = 256;

    /// <summary>The longest duration: 100 years of 365 days.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(36_500);

    /// <summary>When it ends, by the clock that it began with.</summary>
    public DateTimeOffset Until => Since + Duration;

    /// <summary>
    /// How long it still lasts for a node that starts. If the clock was set back meanwhile, that is never more than the
    /// whole duration.
    /// </summary>
    /// <param name="utcNow">The time.</param>
    /// <returns>Zero when it is over.</returns>
    internal TimeSpan RemainingAt(DateTimeOffset utcNow)
    {
        TimeSpan remaining = Until - utcNow;
        return remaining < TimeSpan.Zero ? TimeSpan.Zero : remaining > Duration ? Duration : remaining;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Target} until {Until:u}: {Reason}";
}
