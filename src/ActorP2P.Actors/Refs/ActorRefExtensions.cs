namespace ActorP2P.Actors;

/// <summary>Questions about references.</summary>
public static class ActorRefExtensions
{
    /// <summary>True for null and for <see cref="ActorRefs.Nobody"/>.</summary>
    public static bool IsNobody(this IActorRef? actorRef) =>
        actorRef is null || ReferenceEquals(actorRef, ActorRefs.Nobody);

    /// <summary>The reference itself, or <see cref="ActorRefs.Nobody"/> when it is null.</summary>
    public static IActorRef GetOrElse(this IActorRef? actorRef, Func<IActorRef> elseValue) =>
        actorRef.IsNobody() ? elseValue() : actorRef!;
}
