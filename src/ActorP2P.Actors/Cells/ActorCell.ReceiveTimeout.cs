namespace ActorP2P.Actors;

/// <content>The receive timeout.</content>
internal sealed partial class ActorCell
{

    public TimeSpan? ReceiveTimeout => _extras?.ReceiveTimeout?.Timeout;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        if (_extras is { ReceiveTimeout: { } clock } extras)
        {
            clock.Cancel();
            extras.ReceiveTimeout = null;
        }
        if (timeout is { } span && span > TimeSpan.Zero && span != Timeout.InfiniteTimeSpan)
        {
            Extras.ReceiveTimeout = new ReceiveTimeoutClock(this, span);
        }
    }
}
