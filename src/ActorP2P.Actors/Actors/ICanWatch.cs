namespace ActorP2P.Actors;

/// <summary>Something that can be told when an actor stops.</summary>
public interface ICanWatch
{
    /// <summary>Asks for a <see cref="Terminated"/> when the subject stops; at once when it has stopped already.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for a message of the watcher's choice when the subject stops.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes a Watch back; a Terminated that is queued already does not come any more.</summary>
    IActorRef Unwatch(IActorRef subject);
}
