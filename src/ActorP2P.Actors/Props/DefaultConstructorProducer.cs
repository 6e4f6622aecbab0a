using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Actors;

/// <summary>Makes actors by their parameterless constructor.</summary>
internal sealed class DefaultConstructorProducer<
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TActor>
    : IIndirectActorProducer
    where TActor : ActorBase, new()
{
    public Type ActorType => typeof(TActor);

    public ActorBase Produce() => new TActor();

    public void Release(ActorBase actor)
    {
        // The collector releases it.
    }
}
