namespace ActorP2P.Actors;

/// <summary>One started timer, and the message that it sends: the actor takes it only while it is the key's timer.</summary>
internal sealed class TimerMessage(LocalActorRef actor, object key, object message, bool periodic)
    : IAutoReceivedMessage, IDeadLetterSuppression
{
    public object Key { get; } = key;

    public object Message { get; } = message;

    public bool Periodic { get; } = periodic;

    public ITimer? Timer { get; set; }

    public void Fire() => actor.Tell(this, ActorRefs.NoSender);
}
