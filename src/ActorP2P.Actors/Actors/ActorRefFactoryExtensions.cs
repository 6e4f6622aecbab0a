using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Actors;

/// <summary>Shorter ways to make actors.</summary>
public static class ActorRefFactoryExtensions
{
    /// <summary>Makes an actor of a type that has a parameterless constructor.</summary>
    public static IActorRef ActorOf<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)]
        TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);
}
