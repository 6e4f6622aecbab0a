namespace ActorP2P.Actors;

/// <summary>The parent of the guardians: it ends the system when they have ended, one after the other.</summary>
internal sealed class RootRef(ActorSystem system, ActorPath path) : ActorRefBase(system)
{
    public override ActorPath Path { get; } = path;

    public override void Tell(object message, IActorRef? sender)
    {
        if (message is Identify identify)
        {
            sender?.Tell(new ActorIdentity(identify.MessageId, this), this);
            return;
        }
        System.DeadLetters.Tell(new DeadLetter(message, sender ?? System.DeadLetters, this), this);
    }

    public override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case FailedMessage failed:
                System.GuardianFailed(failed.Child, failed.Cause);
                break;
            case DeathWatchNotification death:
                System.GuardianStopped(death.Actor);
                break;
            case WatchMessage:
            case UnwatchMessage:
                // The root outlives every actor that could watch it.
                break;
        }
    }

    public override IInternalActorRef? GetChild(string name) => name switch
    {
        "user" => System.UserGuardian,
        "system" => System.SystemGuardian,
        "deadLetters" => (IInternalActorRef)System.DeadLetters,
        _ => null,
    };

    public override IEnumerable<IInternalActorRef> GetChildren() => [System.UserGuardian, System.SystemGuardian];
}
