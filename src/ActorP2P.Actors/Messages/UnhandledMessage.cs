namespace ActorP2P.Actors;

/// <summary>Published when an actor has no handler for a message.</summary>
public sealed class UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
{
    /// <summary>The message.</summary>
    public object Message { get; } = message;

    /// <summary>Who sent it.</summary>
    public IActorRef Sender { get; } = sender;

    /// <summary>Who did not handle it.</summary>
    public IActorRef Recipient { get; } = recipient;

    /// <inheritdoc/>
    public override string ToString() => $"Unhandled message from {Sender} to {Recipient}: <{Message}>";
}
