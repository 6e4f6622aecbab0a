namespace ActorP2P.Actors;

/// <summary>What every reference of this engine can do beyond <see cref="IActorRef"/>.</summary>
internal interface IInternalActorRef : IActorRef
{
    ActorSystem System { get; }

    IInternalActorRef? Parent { get; }

    bool IsTerminated { get; }

    /// <summary>Delivers a message of the engine itself; it overtakes user messages and is never lost silently.</summary>
    void SendSystem(SystemMessage message);

    IInternalActorRef? GetChild(string name);

    IEnumerable<IInternalActorRef> GetChildren();
}
