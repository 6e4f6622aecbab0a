namespace ActorP2P.Protocol;

/// <summary>
/// How many addresses a peer may tell without being asked: a bucket of tokens that fills by one in ten seconds. Bitcoin
/// Core's values.
/// </summary>
/// <param name="now">The time when it begins.</param>
internal sealed class AddressQuota(TimeSpan now)
{
    private const double PerSecond = 0.1;
    private const double Most = 1_000;

    // A new peer may say where it is itself, with a few others.
    private double _tokens = 10;
    private TimeSpan _filledAt = now;

    /// <summary>Takes as many tokens as there are.</summary>
    /// <param name="wanted">How many addresses the peer has told.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many of them are to be taken.</returns>
    public int Take(int wanted, TimeSpan now)
    {
        double filled = Math.Max(0, (now - _filledAt).TotalSeconds) * PerSecond;
        _filledAt = now > _filledAt ? now : _filledAt;
        _tokens = Math.Min(Most, _tokens + filled);
        int taken = (int)Math.Min(wanted, Math.Floor(_tokens));
        _tokens -= taken;
        return taken;
    }
}
