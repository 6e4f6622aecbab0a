namespace ActorP2P.Actors;

/// <summary>One entry of a timetable.</summary>
internal sealed class ScheduledAction(Scheduler scheduler, Action action, bool once) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private CancellationTokenRegistration _registration;
    private bool _done;

    public void Start(TimeSpan due, TimeSpan interval, ICancelable? cancelable)
    {
        lock (_gate)
        {
            if (_done)
            {
                return;
            }
            _timer = scheduler.Time.CreateTimer(
                static state => ((ScheduledAction)state!).Fire(), this, due, interval);
        }
        if (cancelable is not null)
        {
            _registration = cancelable.Token.UnsafeRegister(
                static state => ((ScheduledAction)state!).Dispose(), this);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _done = true;
            _timer?.Dispose();
        }
        scheduler.Forget(this);
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_done)
            {
                return;
            }
        }
        if (once)
        {
            Dispose();
            _registration.Unregister();
        }
        action();
    }
}
