using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Turns a connection's callbacks into messages to its PeerActor: one for each socket read, not for
/// each frame. When the actor is idle, its turn runs on the calling thread. Work that follows from it,
/// such as a handler, waits until the next receive has begun, so that no handler delays reading.
/// </summary>
internal sealed class PeerSink(IActorRef peer, NodeContext node) : IFrameSink
{
    public void OnFrames(FrameBatch batch)
    {
        batch.ArrivedAt = node.Now;
        peer.Tell(batch);
    }

    public void OnRoom() => peer.Tell(PeerMessages.Room.Instance);

    public void OnClosed(TransportError error) => peer.Tell(new PeerMessages.ConnectionClosed(error));
}
