namespace ActorP2P.Actors;

/// <summary>The answer to <see cref="Identify"/>.</summary>
public sealed class ActorIdentity(object messageId, IActorRef? subject)
{
    /// <summary>The id of the question.</summary>
    public object MessageId { get; } = messageId;

    /// <summary>The actor, or null when there is none.</summary>
    public IActorRef? Subject { get; } = subject;
}
