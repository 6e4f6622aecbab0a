namespace ActorP2P.Protocol;

/// <summary>
/// A token bucket: a peer may ask so many times at once, and then so many times a second. A lookup asks each node once,
/// so honest peers never feel it.
/// </summary>
/// <param name="now">The time.</param>
internal sealed class RequestAllowance(TimeSpan now)
{
    /// <summary>Requests at once: a peer that announces all its services asks 16 times.</summary>
    public const int Burst = 40;

    /// <summary>Requests in a second after that.</summary>
    public const int PerSecond = 10;

    private double _tokens = Burst;
    private TimeSpan _last = now;

    /// <summary>Takes a token.</summary>
    /// <param name="at">The time.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(TimeSpan at)
    {
        _tokens = Math.Min(Burst, _tokens + ((at - _last).TotalSeconds * PerSecond));
        _last = at;
        if (_tokens < 1)
        {
            return false;
        }

        _tokens--;
        return true;
    }
}
