namespace ActorP2P.Actors;

/// <summary>Something that actors can be made under.</summary>
public interface IActorRefFactory
{
    /// <summary>Makes an actor; it starts by itself. Without a name it gets a generated one.</summary>
    /// <exception cref="InvalidActorNameException">The name is malformed or taken.</exception>
    /// <exception cref="InvalidOperationException">The parent, or the whole system, is terminating.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>All actors under a path, which may hold <c>*</c>, <c>?</c> and <c>..</c>.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>All actors under a path, which may hold <c>*</c>, <c>?</c> and <c>..</c>.</summary>
    ActorSelection ActorSelection(string actorPath);
}
