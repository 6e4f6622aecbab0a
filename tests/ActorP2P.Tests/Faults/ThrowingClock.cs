namespace ActorP2P.Tests.Faults;

/// <summary>
/// A clock that throws once, at its next reading, so that the actor that reads it fails on the current message.
/// </summary>
internal sealed class ThrowingClock(TimeProvider inner) : TimeProvider
{
    private bool _throws;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override long GetTimestamp()
    {
        if (_throws)
        {
            _throws = false;
            throw new InvalidOperationException("the clock has stopped");
        }

        return inner.GetTimestamp();
    }

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);

    public void ThrowOnce() => _throws = true;
}
