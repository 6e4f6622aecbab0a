namespace ActorP2P.Actors;

/// <content>The receive timeout.</content>
internal sealed partial class ActorCell
{
    private ReceiveTimeoutClock? _receiveTimeout;

    public TimeSpan? ReceiveTimeout => _receiveTimeout?.Timeout;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        _receiveTimeout?.Cancel();
        _receiveTimeout = timeout is { } span && span > TimeSpan.Zero && span != Timeout.InfiniteTimeSpan
            ? new ReceiveTimeoutClock(this, span)
            : null;
    }
}
