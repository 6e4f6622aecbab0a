namespace ActorP2P;

/// <summary>Makes a PeerActor: one object for each connection, where a delegate would need three.</summary>
internal sealed class PeerActorProducer(NodeContext node, PeerLink link, IActorRef tracker, IActorRef broadcaster)
    : IIndirectActorProducer
{
    public Type ActorType => typeof(PeerActor);

    public ActorBase Produce() => new PeerActor(node, link, tracker, broadcaster);

    public void Release(ActorBase actor)
    {
        // Nothing to do: the actor releases what it holds in PostStop.
    }
}
