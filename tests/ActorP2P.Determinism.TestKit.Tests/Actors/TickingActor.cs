namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Counts its own ticks, and says how many there were to whoever asks.</summary>
public sealed class TickingActor : UntypedActor, IWithTimers
{
    private readonly TimeSpan _interval;
    private int _ticks;

    public TickingActor(TimeSpan interval) => _interval = interval;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Timers.StartPeriodicTimer("tick", "tick", _interval);

    protected override void OnReceive(object message)
    {
        if (message is "tick")
        {
            _ticks++;
        }
        else
        {
            Sender.Tell(_ticks, Self);
        }
    }
}
