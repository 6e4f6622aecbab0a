using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Turns what a connection has to say into messages for its PeerActor: one for each socket read, not for each frame.
/// The turn runs on the thread that brings them when the actor is idle; what follows from it, a handler's turn perhaps,
/// waits until the next receive has begun, so that no handler holds up the reading.
/// </summary>
internal sealed class PeerSink(IActorRef peer) : IFrameSink
{
    public void OnFrames(FrameBatch batch) => peer.Tell(batch);

    public void OnRoom() => peer.Tell(PeerMessages.Room.Instance);

    public void OnClosed(TransportError error) => peer.Tell(new PeerMessages.ConnectionClosed(error));
}
