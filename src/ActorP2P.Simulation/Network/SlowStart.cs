namespace ActorP2P.Simulation;

/// <summary>
/// What TCP's slow start lets one end of a new connection send: ten segments at first (RFC 6928), and one byte more for
/// each byte that is acknowledged, so that the rate doubles with each round trip. It is over when the window of the
/// receiver is the smaller one. Losses do not shrink it, and a connection that was idle does not begin again.
/// </summary>
internal sealed class SlowStart
{
    /// <summary>The bytes that may be sent at first: ten segments of an Ethernet's usual 1,460 bytes.</summary>
    public const int FirstWindow = 10 * 1460;

    private readonly int _enough;
    private int _window = FirstWindow;
    private int _unacknowledged;

    /// <param name="enough">The window of the receiver.</param>
    public SlowStart(int enough) => _enough = enough;

    /// <summary>The bytes that may be sent now.</summary>
    public int Room => _window >= _enough ? int.MaxValue : _window - _unacknowledged;

    public void Send(int bytes) => _unacknowledged += _window >= _enough ? 0 : bytes;

    public void Acknowledge(int bytes)
    {
        _unacknowledged = Math.Max(0, _unacknowledged - bytes);
        _window = Math.Min(_enough, _window + bytes);
    }
}
