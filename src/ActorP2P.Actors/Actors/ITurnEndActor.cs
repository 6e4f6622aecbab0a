namespace ActorP2P.Actors;

/// <summary>
/// An actor that wants to know when a batch of messages is done, for instance to flush once for all of them.
/// It is called on the same thread, in context, after the mailbox handled at least one message and is empty or has
/// had its share; an exception in it is a failure of the actor.
/// </summary>
internal interface ITurnEndActor
{
    void OnTurnEnd();
}
