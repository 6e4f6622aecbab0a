namespace ActorP2P;

/// <summary>
/// A peer as an actor reference, for as long as its connection lasts. Its queue is the connection's send queue.
/// </summary>
internal sealed class PeerRef(Peer peer) : RemoteRef
{
    public override ActorPath Path { get; } = peer.Owner.Manager.Path / "peers" / $"{peer.ConnectionId}";

    protected override P2PNode Node => peer.Owner.Node;

    /// <inheritdoc/>
    protected override Task<object> AskAsync(object request) => Node.AskAnyAsync(peer, request, options: null);

    /// <inheritdoc/>
    protected override Task NotifyAsync(object message) => Node.TellAsync(peer, message);
}
