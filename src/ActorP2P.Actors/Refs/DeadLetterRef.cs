namespace ActorP2P.Actors;

/// <summary>Where messages without a living recipient end: each is published on the event stream.</summary>
internal sealed class DeadLetterRef(ActorSystem system, ActorPath path) : ActorRefBase(system)
{
    public override ActorPath Path { get; } = path;

    public override bool IsTerminated => true;

    public override void Tell(object message, IActorRef? sender)
    {
        if (message is null)
        {
            throw new InvalidMessageException("A message must not be null.");
        }
        DeadLetter letter = message as DeadLetter ?? new DeadLetter(message, sender ?? this, this);
        System.CountDeadLetter();
        if (Answer(letter))
        {
            return;
        }
        (letter.Message as IUndeliverable)?.OnUndelivered();
        System.EventStream.Publish(letter.Message is IDeadLetterSuppression
            ? new SuppressedDeadLetter(letter.Message, letter.Sender, letter.Recipient)
            : letter);
    }

    public override void SendSystem(SystemMessage message)
    {
        if (message is WatchMessage watch)
        {
            watch.Watcher.SendSystem(new DeathWatchNotification(watch.Watchee));
        }
    }

    /// <summary>An Identify is a question about existence: the dead answer it too.</summary>
    private static bool Answer(DeadLetter letter)
    {
        if (letter.Message is not Identify identify)
        {
            return false;
        }
        letter.Sender.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        return true;
    }
}
