namespace ActorP2P;

/// <content>How it is made: one object for each connection, where a delegate would be three.</content>
internal sealed partial class PeerActor
{
    internal sealed class Producer(NodeContext node, PeerLink link, IActorRef tracker, IActorRef broadcaster) : IIndirectActorProducer
    {
        public Type ActorType => typeof(PeerActor);

        public ActorBase Produce() => new PeerActor(node, link, tracker, broadcaster);

        public void Release(ActorBase actor)
        {
            // What it holds it gives back in PostStop.
        }
    }
}
