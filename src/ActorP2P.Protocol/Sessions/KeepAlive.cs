namespace ActorP2P.Protocol;

/// <summary>Pings after silence, and the round trip that pings and the handshake measure.</summary>
internal sealed class KeepAlive(SessionSettings settings, ulong seed)
{
    private SplitMix64 _nonces = new(seed);
    private TimeSpan _pingedAt;
    private ulong? _nonce;

    /// <summary>When the last frame of the peer arrived.</summary>
    public TimeSpan HeardAt { get; private set; }

    /// <summary>The last round trip, or null before the first.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    /// <summary>Whether a ping waits for its pong.</summary>
    public bool IsAwaitingPong => _nonce is not null;

    /// <summary>When to send a ping, or when the pong must have arrived.</summary>
    public TimeSpan Deadline => IsAwaitingPong ? _pingedAt + settings.PongTimeout : HeardAt + settings.PingAfter;

    public void OnHeard(TimeSpan now) => HeardAt = now;

    public void OnMeasured(TimeSpan roundTrip) => RoundTrip = roundTrip;

    /// <summary>Begins to wait for a pong.</summary>
    /// <returns>The nonce of the ping to send.</returns>
    public ulong BeginPing(TimeSpan now)
    {
        _nonce = _nonces.Next();
        _pingedAt = now;
        return _nonce.Value;
    }

    /// <summary>Handles a pong. One with another nonce is ignored: it answers no ping.</summary>
    public void OnPong(TimeSpan now, ulong nonce)
    {
        if (nonce == _nonce)
        {
            _nonce = null;
            RoundTrip = now - _pingedAt;
        }
    }

    /// <summary>Stops waiting for a pong, because the session drains.</summary>
    public void Stop() => _nonce = null;
}
