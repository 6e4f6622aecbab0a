namespace ActorP2P.Actors;

/// <summary>Calls off what was scheduled with it.</summary>
public sealed class Cancelable : ICancelable, IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeProvider _time;

    /// <summary>One that can also call itself off after a while, by a scheduler's clock.</summary>
    public Cancelable(IScheduler scheduler)
    {
        _time = (scheduler as Scheduler)?.Time ?? TimeProvider.System;
        _source = new CancellationTokenSource();
    }

    /// <inheritdoc/>
    public bool IsCancellationRequested => _source.IsCancellationRequested;

    /// <inheritdoc/>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Cancel() => Cancel(throwOnFirstException: false);

    /// <inheritdoc/>
    public void Cancel(bool throwOnFirstException) => _source.Cancel(throwOnFirstException);

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay)
    {
        ITimer timer = _time.CreateTimer(
            static state => ((Cancelable)state!).Cancel(), this, delay, Timeout.InfiniteTimeSpan);
        _source.Token.UnsafeRegister(static state => ((ITimer)state!).Dispose(), timer);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
