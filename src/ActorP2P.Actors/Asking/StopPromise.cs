namespace ActorP2P.Actors;

/// <summary>Watches one actor for somebody who is no actor.</summary>
internal sealed class StopPromise(ActorSystem system, IInternalActorRef target) : ActorRefBase(system), IExpiring
{
    private readonly TaskCompletionSource<bool> _stopped = new(system.Node is null
        ? TaskCreationOptions.RunContinuationsAsynchronously
        : TaskCreationOptions.None);

    private IDisposable? _deadline;

    public Task<bool> Stopped => _stopped.Task;

    public override ActorPath Path { get; } = system.NextTempPath();

    public void Start(TimeSpan timeout)
    {
        _deadline = System.StartDeadline(this, timeout);
        target.SendSystem(new WatchMessage(target, this));
    }

    public override void Tell(object message, IActorRef? sender)
    {
        // It listens to the end of its actor only.
    }

    public override void SendSystem(SystemMessage message)
    {
        if (message is DeathWatchNotification)
        {
            _deadline?.Dispose();
            Complete(() => _stopped.TrySetResult(true));
        }
    }

    public void Expire()
    {
        target.SendSystem(new UnwatchMessage(this));
        Complete(() => _stopped.TrySetCanceled());
    }

    private void Complete(Action completion)
    {
        if (System.Node is { } node)
        {
            node.Post(completion);
        }
        else
        {
            completion();
        }
    }
}
