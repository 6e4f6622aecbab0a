namespace ActorP2P.Actors;

/// <summary>One declared handler; false when the message is not for it.</summary>
internal abstract class MessageHandler
{
    public abstract bool Handle(object message);
}
