namespace ActorP2P;

/// <summary>What a notify handler is given besides the message.</summary>
public sealed class NotifyContext : MessageContext
{
    internal NotifyContext(Peer peer)
        : base(peer)
    {
    }

    private protected override string KindName => "notify";
}
