using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// A scheduler that a test or an actor makes for itself, in virtual time: what Akka's <c>HashedWheelTimerScheduler</c>
/// is in real time. In a class on <see cref="SimulatedTestKit"/> that name means this one.
/// </summary>
public class SimulatedTimerScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly SimulatedScheduler _inner;
    private bool _disposed;

    /// <summary>Makes a scheduler on the clock of the world to which the calling code belongs.</summary>
    /// <param name="scheduler">A system's configuration.</param>
    /// <param name="log">Where it logs.</param>
    /// <exception cref="InvalidOperationException">The caller is not in a simulation.</exception>
    public SimulatedTimerScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        SimulatedWorld world = Redirects.World ?? throw new InvalidOperationException(
            $"A {nameof(SimulatedTimerScheduler)} belongs to a simulation, and this code runs in none.");
        NodeLife life = Redirects.Life(world);
        _inner = new SimulatedScheduler(scheduler, log, new SystemBinding(life, life.Node.Clock));
    }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => _inner.MonotonicClock;

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => _inner.HighResMonotonicClock;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => ((ITimeProvider)_inner).Now;

    private IScheduler Open => _disposed ? throw new SchedulerException("cannot enqueue after timer shutdown") : _inner;

    /// <summary>Cancels all planned actions.</summary>
    public void Dispose()
    {
        _disposed = true;
        _inner.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Open.ScheduleTellOnce(delay, receiver, message, sender, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Open.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Open.Advanced.ScheduleOnce(delay, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Open.Advanced.ScheduleOnce(delay, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Open.Advanced.ScheduleRepeatedly(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Open.Advanced.ScheduleRepeatedly(initialDelay, interval, action, cancelable);
}
