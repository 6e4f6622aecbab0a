namespace ActorP2P.Actors;

/// <summary>A dead letter of a message that asked for none; published apart so that nobody is alarmed.</summary>
public sealed class SuppressedDeadLetter(object message, IActorRef sender, IActorRef recipient)
{
    /// <summary>The message.</summary>
    public object Message { get; } = message;

    /// <summary>Who sent it.</summary>
    public IActorRef Sender { get; } = sender;

    /// <summary>Whom it was for.</summary>
    public IActorRef Recipient { get; } = recipient;
}
