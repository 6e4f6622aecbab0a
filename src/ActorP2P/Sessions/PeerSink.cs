using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>Turns what a connection has to say into messages for its PeerActor: one for each socket read, not for each frame.</summary>
internal sealed class PeerSink(IActorRef peer) : IFrameSink
{
    public void OnFrames(FrameBatch batch) => peer.Tell(batch, ActorRefs.NoSender);

    public void OnRoom() => peer.Tell(PeerMessages.Room.Instance, ActorRefs.NoSender);

    public void OnClosed(TransportError error) => peer.Tell(new PeerMessages.ConnectionClosed(error), ActorRefs.NoSender);
}
