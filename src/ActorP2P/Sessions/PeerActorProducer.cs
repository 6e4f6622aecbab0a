namespace ActorP2P;

/// <summary>How a PeerActor is made: one object for each connection, where a delegate would be three.</summary>
internal sealed class PeerActorProducer(NodeContext node, PeerLink link, IActorRef tracker, IActorRef broadcaster)
    : IIndirectActorProducer
{
    public Type ActorType => typeof(PeerActor);

    public ActorBase Produce() => new PeerActor(node, link, tracker, broadcaster);

    public void Release(ActorBase actor)
    {
        // What it holds it gives back in PostStop.
    }
}
