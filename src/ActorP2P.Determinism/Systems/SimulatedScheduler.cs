using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace ActorP2P.Determinism;

/// <summary>
/// Akka's scheduler in virtual time. It must not implement IDateTimeOffsetNowTimeProvider;
/// otherwise Cancelable.CancelAfter would use real timers.
/// </summary>
internal sealed class SimulatedScheduler : SchedulerBase, IDisposable
{
    private bool _disposed;

    public SimulatedScheduler(Config config, ILoggingAdapter log)
        : this(config, log, SystemBinding.Creating) =>
        Binding.Bind(this);

    /// <summary>Makes another scheduler on the clock of a system.</summary>
    public SimulatedScheduler(Config config, ILoggingAdapter log, SystemBinding binding)
        : base(config, log) =>
        Binding = binding;

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => new(Binding.Time.GetTimestamp());

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    internal SystemBinding Binding { get; }

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => Binding.Time.GetUtcNow();

    /// <inheritdoc/>
    public void Dispose() => _disposed = true;

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Once(InboxDeadline.Past(delay, message), () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable? cancelable) =>
        Repeat(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Once(delay, OnNode(action), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Once(delay, OnNode(action.Run), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Repeat(initialDelay, interval, OnNode(action), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Repeat(initialDelay, interval, OnNode(action.Run), cancelable);

    // Akka's own actions, such as those of After and of a circuit breaker, continue by ContinueWith on the current task
    // scheduler.
    private Action OnNode(Action action) => () => Binding.Life.Run(action);

    /// <summary>Runs an action that is due. An exception is logged, as Akka's own scheduler does.</summary>
    /// <returns>False when it threw.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "An exception ends only the action that threw it.")]
    private bool Completes(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception cause) when (cause is not SimulationException)
        {
            Log.Error(cause, "A scheduled action has thrown");
            return false;
        }
    }

    private void Once(TimeSpan delay, Action action, ICancelable? cancelable)
    {
        if (!Binding.Admits("a timer") || cancelable is { IsCancellationRequested: true })
        {
            return;
        }
        CancellationTokenRegistration registration = default;
        IDisposable planned = Binding.Plan(delay, () =>
        {
            registration.Dispose();
            if (!_disposed && cancelable is not { IsCancellationRequested: true })
            {
                Completes(action);
            }
        });
        if (cancelable is not null)
        {
            registration = cancelable.Token.UnsafeRegister(static state => ((IDisposable)state!).Dispose(), planned);
        }
    }

    private void Repeat(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        if (Binding.Admits("a timer") && cancelable is not { IsCancellationRequested: true })
        {
            new Repetition(this, interval, action, cancelable).Begin(initialDelay);
        }
    }

    private sealed class Repetition(SimulatedScheduler owner, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        private IDisposable? _planned;
        private CancellationTokenRegistration _registration;

        public void Begin(TimeSpan initialDelay)
        {
            _planned = owner.Binding.Plan(initialDelay, Fire);
            if (cancelable is not null)
            {
                _registration = cancelable.Token.UnsafeRegister(
                    static state => ((Repetition)state!)._planned?.Dispose(), this);
            }
        }

        private void Fire()
        {
            if (owner._disposed || cancelable is { IsCancellationRequested: true })
            {
                _registration.Dispose();
                return;
            }
            _planned = owner.Binding.Plan(interval, Fire);
            if (!owner.Completes(action))
            {
                _registration.Dispose();
                _planned.Dispose();
            }
        }
    }
}
