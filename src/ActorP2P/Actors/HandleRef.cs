namespace ActorP2P;

/// <summary>
/// A handle as an actor reference, for as long as the handle is open. Its queue is that of the handle, whose messages
/// wait for a connection.
/// </summary>
internal sealed class HandleRef(P2PNode node, PeerHandle handle) : RemoteRef
{
    public override ActorPath Path { get; } = node.Manager.Path / "handles" / $"{handle.Number}";

    protected override P2PNode Node => node;

    /// <inheritdoc/>
    protected override Task<object> AskAsync(object request) => handle.AskAny(request, options: null);

    /// <inheritdoc/>
    protected override Task NotifyAsync(object message) => handle.TellAsync(message);
}
