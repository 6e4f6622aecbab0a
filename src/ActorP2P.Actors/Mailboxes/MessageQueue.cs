namespace ActorP2P.Actors;

/// <summary>A queue with rules of its own, used under the mailbox's gate.</summary>
internal abstract class MessageQueue
{
    public abstract int Count { get; }

    /// <summary>False when something had to go: the message itself or one that was queued before.</summary>
    public abstract bool TryEnqueue(Envelope envelope, out Envelope refused);

    public abstract bool TryDequeue(out Envelope envelope);
}
