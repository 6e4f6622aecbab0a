namespace ActorP2P.Protocol;

/// <summary>
/// How fast a node dials: addresses that refuse at once must not make it dial hundreds in a second, and a node that is
/// full itself must not dial at all.
/// </summary>
internal sealed class DialPace
{
    private const int MostInWindow = 8;

    // Bitcoin Core waits as long between two dials.
    private static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_hold = TimeSpan.FromSeconds(30);

    private TimeSpan _begun = TimeSpan.MinValue;
    private TimeSpan _heldUntil = TimeSpan.MinValue;
    private int _dials;

    /// <summary>Whether a dial may begin.</summary>
    public bool MayDial(TimeSpan now) => now >= _heldUntil && (now >= _begun + s_window || _dials < MostInWindow);

    /// <summary>A dial begins.</summary>
    public void Begin(TimeSpan now)
    {
        if (now >= _begun + s_window)
        {
            _begun = now;
            _dials = 0;
        }

        _dials++;
    }

    /// <summary>The node itself has no room for a connection, so none is tried for a while.</summary>
    public void Hold(TimeSpan now) => _heldUntil = now + s_hold;
}
