using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace ActorP2P.Actors;

/// <summary>Makes actors of a type by the public constructor that the arguments fit.</summary>
internal sealed class ActivatorProducer(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type actorType,
    object[] arguments) : IIndirectActorProducer
{
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    private readonly Type _actorType = actorType;

    public Type ActorType => _actorType;

    public ActorBase Produce()
    {
        try
        {
            return (ActorBase)Activator.CreateInstance(_actorType, arguments)!;
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } cause)
        {
            // The supervisor decides by what the constructor threw, not by how it was called.
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    public void Release(ActorBase actor)
    {
        // The collector releases it.
    }
}
