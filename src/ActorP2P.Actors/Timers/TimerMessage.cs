namespace ActorP2P.Actors;

/// <summary>One started timer, and the message that it sends: the actor takes it only while it is the key's timer.</summary>
internal sealed class TimerMessage(LocalActorRef actor, object key, object message, bool periodic)
    : IAutoReceivedMessage, IDeadLetterSuppression
{
    private int _queued;

    public object Key { get; } = key;

    public object Message { get; } = message;

    public bool Periodic { get; } = periodic;

    public ITimer? Timer { get; set; }

    /// <summary>Sends itself, unless it still waits from last time: a slow actor gets fewer ticks, not a growing queue.</summary>
    public void Fire()
    {
        if (Interlocked.Exchange(ref _queued, 1) == 0)
        {
            actor.Tell(this, ActorRefs.NoSender);
        }
    }

    public void Taken() => Volatile.Write(ref _queued, 0);
}
