namespace ActorP2P.Actors;

/// <summary>Tells a watcher that the watched actor has stopped; left unhandled it stops the watcher.</summary>
public sealed class Terminated : IAutoReceivedMessage, IPossiblyHarmful
{
    internal Terminated(IActorRef actorRef, bool existenceConfirmed)
    {
        ActorRef = actorRef;
        ExistenceConfirmed = existenceConfirmed;
    }

    /// <summary>The actor that stopped.</summary>
    public IActorRef ActorRef { get; }

    /// <summary>True when the actor is known to have lived.</summary>
    public bool ExistenceConfirmed { get; }

    /// <summary>False: this engine watches local actors only.</summary>
    public bool AddressTerminated { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<Terminated>: {ActorRef}";
}
