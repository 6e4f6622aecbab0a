namespace ActorP2P.Protocol;

/// <summary>
/// The smoothed round trip of a connection, and how much single round trips differ from it, as TCP computes them (RFC
/// 6298).
/// </summary>
internal struct RoundTripEstimate
{
    // The weights of RFC 6298 are 1/8 and 1/4. TCP measures each window of data, while a quiet connection is measured
    // once a minute, so a new value counts as much as TCP lets it count.
    private const int MeanShare = 8;
    private const int VariationShare = 4;

    /// <summary>The smoothed round trip; null before the first is measured.</summary>
    public TimeSpan? Mean { get; private set; }

    /// <summary>The smoothed distance of a round trip from the mean.</summary>
    public TimeSpan Variation { get; private set; }

    /// <summary>The shortest round trip; null before the first is measured.</summary>
    public TimeSpan? Least { get; private set; }

    /// <summary>Adds a measured round trip.</summary>
    public void Add(TimeSpan measured)
    {
        if (Mean is not { } mean)
        {
            Mean = Least = measured;
            Variation = measured / 2;
            return;
        }

        TimeSpan distance = (mean - measured).Duration();
        Variation += (distance - Variation) / VariationShare;
        Mean = mean + ((measured - mean) / MeanShare);
        Least = measured < Least ? measured : Least;
    }
}
