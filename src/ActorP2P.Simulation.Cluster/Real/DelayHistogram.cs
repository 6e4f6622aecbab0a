namespace ActorP2P.Simulation;

/// <summary>
/// Counts of times, in classes of which each ends a hundredth after the one before it. Members can send it and add
/// theirs up, however many deliveries there were.
/// </summary>
internal sealed class DelayHistogram
{
    private const double Growth = 1.01;

    private static readonly double s_logGrowth = Math.Log(Growth);

    /// <summary>The number of times in each class, by the number of the class.</summary>
    public SortedDictionary<int, long> Counts { get; init; } = [];

    /// <summary>The number of times.</summary>
    public long Count => Counts.Values.Sum();

    /// <summary>
    /// Adds a time. Less than a microsecond, which clocks that differ can make of a short time, counts as one.
    /// </summary>
    public void Add(TimeSpan time)
    {
        double microseconds = Math.Max(1, time.TotalMicroseconds);
        int number = (int)Math.Ceiling(Math.Log(microseconds) / s_logGrowth);
        Counts[number] = Counts.GetValueOrDefault(number) + 1;
    }

    /// <summary>Adds all times of another one.</summary>
    public void Add(IReadOnlyDictionary<int, long> counts)
    {
        foreach ((int number, long count) in counts)
        {
            Counts[number] = Counts.GetValueOrDefault(number) + count;
        }
    }

    /// <summary>The time that a share of the times does not exceed, at most a hundredth too long.</summary>
    public TimeSpan At(double share)
    {
        long wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        long passed = 0;
        foreach ((int number, long count) in Counts)
        {
            passed += count;
            if (passed >= wanted)
            {
                return TimeSpan.FromMicroseconds(Math.Exp(number * s_logGrowth));
            }
        }

        return TimeSpan.Zero;
    }
}
