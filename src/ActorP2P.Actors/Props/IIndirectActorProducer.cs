namespace ActorP2P.Actors;

/// <summary>Makes the instances of an actor.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The type of what is made.</summary>
    Type ActorType { get; }

    /// <summary>Makes a fresh instance, once per incarnation.</summary>
    ActorBase Produce();

    /// <summary>Called when an instance has stopped or been replaced.</summary>
    void Release(ActorBase actor);
}
