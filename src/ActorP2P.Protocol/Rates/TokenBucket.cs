namespace ActorP2P.Protocol;

/// <summary>
/// A token bucket: it fills at a rate and holds what <see cref="Burst"/> brings. A new one is full. Whoever empties it
/// may go on as fast as it fills.
/// </summary>
internal struct TokenBucket
{
    /// <summary>
    /// The time whose tokens a bucket holds. It is twice as long as the time between two looks at a bucket, so that a
    /// look that is late loses nothing.
    /// </summary>
    public static readonly TimeSpan Burst = 2 * Pressure.Interval;

    private TimeSpan? _filledAt;

    /// <summary>The tokens in the bucket.</summary>
    public double Level { get; private set; }

    /// <summary>Adds the tokens of the time since the last call.</summary>
    /// <param name="now">The time; it does not go back.</param>
    /// <param name="perSecond">The rate. It may change from one call to the next.</param>
    public void Fill(TimeSpan now, double perSecond)
    {
        // At a rate below a few tokens a second the bucket holds one token at least; else it would never have one.
        double most = Math.Max(1, perSecond * Burst.TotalSeconds);
        Level = _filledAt is { } last ? Math.Min(most, Level + (perSecond * (now - last).TotalSeconds)) : most;
        _filledAt = now;
    }

    /// <summary>Takes tokens. If there are fewer, the next ones fill what is missing.</summary>
    public void Take(double tokens) => Level -= tokens;

    /// <summary>Makes it new, and so full.</summary>
    public void Reset() => _filledAt = null;
}
