using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Makes actors by calling their constructor, again at each restart. It uses no reflection, so that it works with
/// trimming.
/// </summary>
/// <param name="actorType">The actor's type.</param>
/// <param name="produce">Makes an actor.</param>
internal sealed class ActorFactory(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type actorType,
    Func<ActorBase> produce) : IIndirectActorProducer
{
    /// <inheritdoc/>
    public Type ActorType => actorType;

    /// <summary>
    /// Props for an actor that <paramref name="produce"/> makes, with the mailbox of the node's actors.
    /// </summary>
    public static Props Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TActor>(
        Func<TActor> produce)
        where TActor : ActorBase => NodeMailbox.Give(Props.CreateBy(new ActorFactory(typeof(TActor), produce)));

    /// <inheritdoc/>
    public ActorBase Produce() => produce();

    /// <inheritdoc/>
    public void Release(ActorBase actor)
    {
        // Nothing to do: an actor releases what it holds in PostStop.
    }
}
