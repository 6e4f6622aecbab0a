namespace ActorP2P.Protocol;

/// <summary>
/// Bounds the frames of a peer that need no credit: pings, pongs, cancels, resets, credit, updates and announcements.
/// Nearly all of them answer a message, so each message frame of either side allows some; beyond these a peer has a
/// number in reserve, which is filled slowly. An honest peer sends a ping a minute.
/// </summary>
internal struct ControlAllowance
{
    /// <summary>The frames that a peer may send beyond those that messages allow.</summary>
    public const int Reserve = 1_024;

    /// <summary>
    /// The reserve that comes back in a second. It is more than what an honest peer sends without messages, and less
    /// than costs anything.
    /// </summary>
    public const int PerSecond = 128;

    /// <summary>
    /// The frames that each message frame allows. A request may be cancelled, and its credit granted again; a fragment
    /// may be held, resumed and reset.
    /// </summary>
    public const int ForEachMessage = 4;

    // Messages give a peer no right to a flood later on.
    private const double Most = 64 * Reserve;

    private double _spent;
    private TimeSpan _at;

    /// <summary>A frame of a message, in either direction, or of a stream of this node.</summary>
    public void OnMessage() => _spent = Math.Max(_spent - ForEachMessage, Reserve - Most);

    /// <summary>A frame of the peer.</summary>
    /// <returns>The fault, when it has sent too many that need no credit.</returns>
    public SessionFault? OnFrame(TimeSpan now, FrameKind kind)
    {
        if (kind is not (FrameKind.Ping or FrameKind.Pong or FrameKind.Cancel or FrameKind.Reset or FrameKind.Credit
            or FrameKind.Update or FrameKind.GossipControl or FrameKind.StreamCredit))
        {
            OnMessage();
            return null;
        }

        if (_spent > 0)
        {
            _spent = Math.Max(0, _spent - (PerSecond * (now - _at).TotalSeconds));
        }

        _at = now;
        return ++_spent <= Reserve ? null : new SessionFault(
            DisconnectReason.TooManyControlFrames, $"{kind}, and more than {Reserve} before it without a message");
    }
}
