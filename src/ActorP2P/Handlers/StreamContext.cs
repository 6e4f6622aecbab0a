namespace ActorP2P;

/// <summary>
/// What a handler of streams is given besides the request and the stream. Its token is cancelled when the peer resets
/// the stream, or when the connection ends.
/// </summary>
public sealed class StreamContext : MessageContext
{
    internal StreamContext(Peer peer)
        : base(peer)
    {
    }

    private protected override string KindName => "stream";
}
