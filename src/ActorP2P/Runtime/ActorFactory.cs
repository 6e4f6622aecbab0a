using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>Makes actors by calling their constructor: no reflection, so it trims; and anew at each restart.</summary>
/// <param name="actorType">The actor's type.</param>
/// <param name="produce">Makes one.</param>
internal sealed class ActorFactory(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type actorType,
    Func<ActorBase> produce) : IIndirectActorProducer
{
    /// <inheritdoc/>
    public Type ActorType => actorType;

    /// <summary>The props of an actor that <paramref name="produce"/> makes, with the mailbox of the node's actors.</summary>
    public static Props Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TActor>(Func<TActor> produce)
        where TActor : ActorBase => NodeMailbox.Give(Props.CreateBy(new ActorFactory(typeof(TActor), produce)));

    /// <inheritdoc/>
    public ActorBase Produce() => produce();

    /// <inheritdoc/>
    public void Release(ActorBase actor)
    {
        // What an actor holds it gives back in PostStop; there is nothing beside that.
    }
}
