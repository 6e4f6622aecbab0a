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
    private const int Variations = 4;

    // TCP sends a lost segment again after one, two and four of its timeouts. An answer that needed three attempts
    // arrives within eight.
    private const int Attempts = 8;

    /// <summary>The smoothed round trip; null before the first is measured.</summary>
    public TimeSpan? Mean { get; private set; }

    /// <summary>The smoothed distance of a round trip from the mean.</summary>
    public TimeSpan Variation { get; private set; }

    /// <summary>The shortest round trip; null before the first is measured.</summary>
    public TimeSpan? Least { get; private set; }

    /// <summary>
    /// How long an answer may take before the peer counts as gone: several times as long as an answer is to be expected
    /// to take.
    /// </summary>
    /// <param name="least">The least result.</param>
    /// <param name="most">
    /// The greatest result, which is the result as long as nothing is measured, and if it is no more than the least.
    /// </param>
    public readonly TimeSpan Patience(TimeSpan least, TimeSpan most)
    {
        if (least >= most || Mean is not { } mean)
        {
            return most;
        }

        TimeSpan patience = (mean + (Variation * Variations)) * Attempts;
        return patience < least ? least : patience > most ? most : patience;
    }

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
