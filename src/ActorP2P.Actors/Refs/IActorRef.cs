namespace ActorP2P.Actors;

/// <summary>The address of an actor; it stays the same when the actor restarts, and stays valid when it stops.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>Where the actor lives in the hierarchy, with the unique id of this incarnation.</summary>
    ActorPath Path { get; }
}
