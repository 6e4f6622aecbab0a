namespace ActorP2P;

/// <summary>What a request handler is given besides the request.</summary>
public sealed class RequestContext : MessageContext
{
    internal RequestContext(Peer peer)
        : base(peer)
    {
    }

    private protected override string KindName => "request";
}
