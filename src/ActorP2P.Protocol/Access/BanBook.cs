namespace ActorP2P.Protocol;

/// <summary>
/// The node's bans. Penalty points ban a proven id for a day, because nobody else has it, and an address for ten
/// minutes, because many may share it behind a NAT; the program bans whom it wants for as long as it wants.
/// </summary>
internal sealed class BanBook
{
    /// <summary>
    /// The most bans, many times the addresses that <see cref="PenaltyBook"/> knows. In a full book the ban by
    /// penalties that ends first makes room; those of the program stay.
    /// </summary>
    public const int Capacity = 16_384;

    /// <summary>How long penalties ban an address.</summary>
    public static readonly TimeSpan AddressTime = TimeSpan.FromMinutes(10);

    /// <summary>How long penalties ban a proven id.</summary>
    public static readonly TimeSpan NodeTime = TimeSpan.FromHours(24);

    /// <summary>The bans now, which any thread may search.</summary>
    public BanList Bans { get; private set; } = BanList.Empty;

    /// <summary>How long penalties ban a target.</summary>
    public static TimeSpan TimeFor(BanTarget target) => target.Node is null ? AddressTime : NodeTime;

    /// <summary>Adds a ban.</summary>
    /// <param name="now">The node's time.</param>
    /// <param name="ban">The ban.</param>
    /// <param name="remaining">How long it lasts from now on: for a new one its whole duration.</param>
    /// <param name="displaced">The ban that made room for it; null when none had to.</param>
    public BanOutcome Add(TimeSpan now, Ban ban, TimeSpan remaining, out Ban? displaced)
    {
        displaced = null;
        BanEntry entry = new(ban, now + remaining);
        if (Bans.EntryOf(ban.Target) is not { } earlier)
        {
            if (Bans.Count >= Capacity)
            {
                displaced = Bans.All.FirstOrDefault(static other => other.Ban.Origin == BanOrigin.Penalty)?.Ban;
                if (displaced is null)
                {
                    return BanOutcome.Full;
                }

                Bans = Bans.Without(displaced.Target);
            }
        }
        else if (ban.Origin == BanOrigin.Penalty && now < earlier.Until
            && (earlier.Ban.Origin == BanOrigin.Program || earlier.Until >= entry.Until))
        {
            return BanOutcome.Kept;
        }

        Bans = Bans.With(entry);
        return BanOutcome.Set;
    }

    /// <summary>Lifts the ban of exactly this target.</summary>
    /// <returns>The ban, even if it was over; null when there is none.</returns>
    public Ban? Lift(BanTarget target)
    {
        Ban? lifted = Bans.EntryOf(target)?.Ban;
        Bans = Bans.Without(target);
        return lifted;
    }

    /// <summary>Removes a ban that is over. Call it until it gives null.</summary>
    public Ban? TakeEnded(TimeSpan now)
    {
        if (Bans.First is not { } first || now < first.Until)
        {
            return null;
        }

        Bans = Bans.Without(first.Ban.Target);
        return first.Ban;
    }
}
