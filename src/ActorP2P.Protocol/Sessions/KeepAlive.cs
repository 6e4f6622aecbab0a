namespace ActorP2P.Protocol;

/// <summary>Pings after silence, and the round trip that pings and the handshake measure.</summary>
internal sealed class KeepAlive(SessionSettings settings, ulong seed)
{
    private SplitMix64 _nonces = new(seed);
    private TimeSpan _pingedAt;
    private ulong? _nonce;
    private TimeSpan _probedAt;
    private ulong? _probe;
    private RoundTripEstimate _estimate;

    /// <summary>When the last frame of the peer arrived.</summary>
    public TimeSpan HeardAt { get; private set; }

    /// <summary>The last round trip, or null before the first.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>The mean of the round trips and how much they vary.</summary>
    public RoundTripEstimate Estimate => _estimate;

    /// <summary>Whether a ping waits for its pong.</summary>
    public bool IsAwaitingPong => _nonce is not null;

    /// <summary>When to send a ping, or when the pong must have arrived.</summary>
    public TimeSpan Deadline => IsAwaitingPong ? _pingedAt + PongTimeout : HeardAt + settings.PingAfter;

    /// <summary>How long a ping may stay unanswered. It may follow the round trip.</summary>
    public TimeSpan PongTimeout => _estimate.Patience(settings.LeastPongTimeout, settings.PongTimeout);

    public void OnHeard(TimeSpan now) => HeardAt = now;

    public void OnMeasured(TimeSpan roundTrip)
    {
        RoundTrip = roundTrip;
        _estimate.Add(roundTrip);
    }

    /// <summary>Begins to wait for a pong.</summary>
    /// <returns>The nonce of the ping to send.</returns>
    public ulong BeginPing(TimeSpan now)
    {
        _nonce = _nonces.Next();
        _pingedAt = now;
        return _nonce.Value;
    }

    /// <summary>
    /// Begins to wait for the answer to a ping beside those of the keep-alive, whose deadlines it does not change. A
    /// later one replaces it.
    /// </summary>
    /// <returns>The nonce of the ping to send.</returns>
    public ulong BeginProbe(TimeSpan now)
    {
        _probe = _nonces.Next();
        _probedAt = now;
        return _probe.Value;
    }

    /// <summary>Handles a pong. One with another nonce is ignored: it answers no ping.</summary>
    /// <returns>Whether it answers the last ping of <see cref="BeginProbe"/>.</returns>
    public bool OnPong(TimeSpan now, ulong nonce)
    {
        if (nonce == _probe)
        {
            _probe = null;
            OnMeasured(now - _probedAt);
            return true;
        }

        if (nonce == _nonce)
        {
            _nonce = null;
            OnMeasured(now - _pingedAt);
        }

        return false;
    }

    /// <summary>Stops waiting for a pong, because the session drains.</summary>
    public void Stop() => _nonce = null;
}
