namespace ActorP2P.Determinism.Tests;

/// <summary>An actor made of functions, for tests that need only one hook.</summary>
public sealed class LambdaActor : ReceiveActor, IWithStash, IWithTimers
{
    private readonly Hooks _hooks;

    public LambdaActor(Hooks hooks)
    {
        _hooks = hooks;
        hooks.Construct?.Invoke();
        ReceiveAny(message => _hooks.Receive?.Invoke(message, this));
    }

    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    public IActorRef Me => Self;

    public IActorRef From => Sender;

    public static IActorContext Surroundings => Context;

    protected override void PreStart() => _hooks.PreStart?.Invoke();

    protected override void PostStop() => _hooks.PostStop?.Invoke();

    protected override void PreRestart(Exception reason, object message)
    {
        _hooks.PreRestart?.Invoke();
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        _hooks.PostRestart?.Invoke();
        base.PostRestart(reason);
    }
}
