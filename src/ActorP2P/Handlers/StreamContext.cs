namespace ActorP2P;

/// <summary>
/// What a handler of streams is given besides the request and the stream. Its token is cancelled when the peer resets
/// the stream, or when the connection ends.
/// </summary>
public sealed class StreamContext : MessageContext
{
    internal StreamContext(Peer peer, PeerStream stream)
        : base(peer) => Stream = stream;

    /// <summary>The stream that the peer has opened.</summary>
    public PeerStream Stream { get; }

    private protected override string KindName => "stream";
}
