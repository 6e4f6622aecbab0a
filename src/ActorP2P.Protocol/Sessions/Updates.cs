namespace ActorP2P.Protocol;

/// <summary>
/// The updates of one session. Of this node's, at most one waits to be sent, and it has what is said last; they follow
/// each other at a pace that no peer refuses. Those of the peer are counted.
/// </summary>
/// <param name="own">This node's hello, which has said the first values.</param>
internal sealed class Updates(Hello own)
{
    /// <summary>The most updates of a peer within <see cref="Window"/>.</summary>
    public const int MaxInWindow = 32;

    /// <summary>The time in which a peer's updates are counted, from the first one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two updates of this node: a third of what a peer accepts.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A peer that is suspended reads all updates at once when it resumes. This many and those of the next ten seconds
    // are fewer than it accepts.
    private const int MaxUnheard = 8;

    // A quiet peer is asked for a sign of life in time, so that no update waits for one.
    private const int PingAfter = MaxUnheard / 2;

    private ReadOnlyMemory<byte> _saidState = own.State;
    private BroadcastTypes _saidTypes = own.WantedBroadcasts;
    private Update? _waiting;
    private TimeSpan? _sentAt;
    private bool _isDue;
    private int _unheard;
    private TimeSpan _windowBegan;
    private int _received;

    /// <summary>When <see cref="OnTimer"/> is due; null when never.</summary>
    public TimeSpan? Deadline => _waiting is null || _isDue || _sentAt is null || _unheard >= MaxUnheard
        ? null
        : _sentAt + Interval;

    /// <summary>Whether the peer has been sent so many updates in silence that it should be pinged.</summary>
    public bool WantsPing => _unheard >= PingAfter;

    /// <summary>Says the current values. What the peer knows already is not sent.</summary>
    public void Say(ReadOnlyMemory<byte> state, BroadcastTypes wantedBroadcasts)
    {
        bool isNewState = !state.Span.SequenceEqual(_saidState.Span);
        bool areNewTypes = !wantedBroadcasts.Equals(_saidTypes);

        // An array that is null would become an empty state.
        _waiting = isNewState || areNewTypes
            ? new Update(isNewState ? state : (ReadOnlyMemory<byte>?)null, areNewTypes ? wantedBroadcasts : null)
            : null;
    }

    /// <summary>The pause after the last update is over.</summary>
    public void OnTimer() => _isDue = true;

    /// <summary>The update to send now, if there is one.</summary>
    /// <param name="now">The time.</param>
    /// <param name="heardAt">When the peer was heard last.</param>
    /// <param name="frame">The frame.</param>
    public bool TryGetFrame(TimeSpan now, TimeSpan heardAt, out OutboundFrame frame)
    {
        frame = default;
        if (_waiting is null)
        {
            return false;
        }

        _unheard = heardAt > _sentAt ? 0 : _unheard;
        if (_unheard >= MaxUnheard || (!_isDue && now < _sentAt + Interval))
        {
            return false;
        }

        byte[] payload = _waiting.Encode();
        _saidState = _waiting.State ?? _saidState;
        _saidTypes = _waiting.WantedBroadcasts ?? _saidTypes;
        _waiting = null;
        _isDue = false;
        _sentAt = now;
        _unheard++;
        frame = new OutboundFrame(
            new FrameHeader((uint)payload.Length, FrameKind.Update, FrameFlags.None, 0, 0), payload, default, null);
        return true;
    }

    /// <summary>The peer has sent an update.</summary>
    /// <returns>The fault, when it has sent too many.</returns>
    public SessionFault? OnReceived(TimeSpan now)
    {
        if (_received == 0 || now - _windowBegan >= Window)
        {
            _windowBegan = now;
            _received = 0;
        }

        return ++_received <= MaxInWindow ? null : new SessionFault(
            DisconnectReason.TooManyUpdates, $"{_received} updates within {now - _windowBegan}");
    }
}
